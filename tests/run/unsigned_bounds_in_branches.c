// Unsigned bounds that have wrapped around where the branch before the loop is not taken: no storage is sized by them.
// test: grad f(n = 5, k = 7, v[5] ~ 0.5..1)
// test: grad f(n = 5, k = 2, v[5] ~ 0.5..1)
// test: grad g(n = 0, k = 2, v[5] ~ 0.5..1)
// test: grad g(n = 5, k = 2, v[5] ~ 0.5..1)
// test: grad h(n = 5, k = 7, v[5] ~ 0.5..1)
// test: grad h(n = 5, k = 2, v[5] ~ 0.5..1)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

/* The condition changes with the loop around. */
ADGEN_GRAD(v)
double f(size_t n, size_t k, const double *v)
{
    double s = 1;
    for (size_t i = 0; i < n; i++)
        if (i >= k)
            for (size_t j = 0; j < i - k; j++)
                s = sin(s * v[j]) + s * v[i];
    return s;
}

/* It stands before everything else. */
ADGEN_GRAD(v)
double g(unsigned n, unsigned k, const double *v)
{
    double s = 1;
    if (n < 2)
        return s;
    for (unsigned i = 1; i < n - 1; i++)
        s = sin(s * v[i - 1]) + s * v[i + 1];
    for (unsigned i = k; i < n; i += 2)
        s = s * s + v[i];
    return s;
}

/* A negative number is made unsigned. */
ADGEN_GRAD(v)
double h(int n, int k, const double *v)
{
    double s = 1;
    for (int r = 0; r < n; r++) {
        if (r >= k)
            for (size_t j = 0; j < (size_t)(n - k); j++)
                s = sin(s * v[j]) + s * v[r];
        s = 0.5 * s * s + v[r];
        if (s > v[r] && k < n)
            for (size_t j = (size_t)(n - k); j > 0; j -= 1)
                s = sin(s * v[j]) + s;
    }
    return s;
}
