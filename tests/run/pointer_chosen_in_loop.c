// A pointer that each iteration chooses leads to memory that they share.
// test: grad f(n = 3, y[3] ~ -1..1, v[1] > -1..1)
// test: grad f(n = 2, y[2] ~ -1..1, v[1] > -1..1)
// test: grad g(n = 3, y[3] ~ -1..1, v[2] > -1..1)

#include <adgen.h>
#include <stddef.h>

ADGEN_GRAD(y)
double f(int n, const double *y, double *v)
{
    for (int i = 0; i < n; i++) {
        double *p = n != 2 ? v : NULL;
        if (p)
            *p = 0.5 * *p + y[i];
    }
    return 0.5;
}

ADGEN_GRAD(y)
double g(int n, const double *y, double *v)
{
    for (int i = 0; i < n; i++) {
        double *p = i == 1 ? v + 1 : v;
        p[0] = 0.5 * p[0] + y[i];
    }
    return y[0];
}
