// Loops whose bounds depend on the counters of the loops around them, with values that the reverse sweep needs of every
// iteration; these are kept in the box around all iterations.
// test: grad lower(n = 5, a[25] ~ 0.1..1, x[5] ~ 0.5..1.5)
// test: grad lower(n = 0, a[1] ~ 1, x[1] ~ 1)
// test: grad upper(n = 5, a[25] ~ 0.1..1, x[5] ~ 0.5..1.5)
// test: grad band(n = 6, a[36] ~ 0.1..1, x[6] ~ 0.5..1.5)
// test: grad backwards(n = 5, a[25] ~ 0.1..1, x[5] ~ 0.5..1.5)
// test: grad steps_of_two(n = 7, a[49] ~ 0.1..1, x[7] ~ 0.5..1.5)
// test: grad tiles(n = 7, a[49] ~ 0.1..1, x[7] ~ 0.5..1.5)
// test: grad size_counters(n = 5, a[25] ~ 0.1..1, x[5] ~ 0.5..1.5)
// test: grad size_counters(n = 0, a[1] ~ 1, x[1] ~ 1)
// test: grad nested_twice(n = 4, a[16] ~ 0.1..1, x[4] ~ 0.5..1.5)
#include <adgen.h>
#include <math.h>
#include <stddef.h>

ADGEN_GRAD(a, x)
double lower(int n, const double *a, const double *x)
{
    double s = 1.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++)
            s = sin(s * a[i * n + j]) + x[j];
    return s;
}

ADGEN_GRAD(a, x)
double upper(int n, const double *a, const double *x)
{
    double s = 1.0;
    for (int i = 0; i < n; i++)
        for (int j = n - 1; j > i; j--)
            s = sin(s * a[i * n + j]) + x[j];
    return s;
}

ADGEN_GRAD(a, x)
double band(int n, const double *a, const double *x)
{
    double s = 1.0;
    for (int i = 2; i < n - 1; i++)
        for (int j = i - 2; j < i + 2; j++)
            s = sin(s * a[i * n + j]) + x[j];
    return s;
}

ADGEN_GRAD(a, x)
double backwards(int n, const double *a, const double *x)
{
    double s = 1.0;
    for (int i = n - 1; i >= 0; i--)
        for (int j = i; j < n; j++)
            s = sin(s * a[i * n + j]) + x[j];
    return s;
}

ADGEN_GRAD(a, x)
double steps_of_two(int n, const double *a, const double *x)
{
    double s = 1.0;
    for (int i = 0; i < n; i += 3)
        for (int j = 2 * i + 1; j < n; j += 2)
            s = sin(s * a[i * n + j]) + x[j];
    return s;
}

ADGEN_GRAD(a, x)
double tiles(int n, const double *a, const double *x)
{
    double s = 1.0;
    for (int i0 = 0; i0 < n; i0 += 3)
        for (int i = i0; i < (i0 + 3 < n ? i0 + 3 : n); i++)
            s = sin(s * a[i * n + i0]) + x[i];
    return s;
}

ADGEN_GRAD(a, x)
double size_counters(size_t n, const double *a, const double *x)
{
    double s = 1.0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++)
            s = sin(s * a[i * n + j]) + x[j];
        for (size_t j = 0; j < n - i; j++)
            s = sin(s * a[i * n + j]) - x[j];
        for (size_t j = n - i; j < n; j++)
            s = sin(s * a[i * n + j]) + x[j];
    }
    return s;
}

ADGEN_GRAD(a, x)
double nested_twice(int n, const double *a, const double *x)
{
    double s = 1.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double h[3];
            for (int k = 0; k < 3; k++)
                h[k] = s * x[j] + k;
            for (int k = j; k <= i; k++)
                s = sin(s * a[i * n + k]) + h[k - j < 3 ? k - j : 2] * x[k];
        }
    return s;
}
