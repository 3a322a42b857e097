// Adjoints that a loop adds to one place, and others that it adds to places which may be the same one.
// test: grad f(n = 4, at[4] = 0 2 1 0, x[4] ~ -1..1)
// test: grad f(n = 0, at[4] = 0 2 1 0, x[4] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, const int *at, const double *x)
{
    double s = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            s += sin(x[i] * x[at[j]]) + x[i] * x[j];
    return s;
}
