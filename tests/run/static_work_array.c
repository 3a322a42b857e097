// A static buffer inside a function, filled before it is read.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    static double work[4];
    for (int i = 0; i < n; i++)
        work[i] = v[i] * v[i];
    double s = 1;
    for (int i = 0; i < n; i++)
        s *= 2 + work[i];
    return s;
}
