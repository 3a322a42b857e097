// A global work array.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

double work[8];

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    for (int i = 0; i < n; i++)
        work[i] = v[i] * v[(i + 1) % n];
    double s = 0;
    for (int i = 0; i < n; i++)
        s += work[i] * work[n - 1 - i];
    return s;
}
