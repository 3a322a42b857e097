// Two helpers share a work array that the caller gives.
// test: vjp f(n = 3, v[3] ~ -1..1, work[3] > 1 1 1)

#include <adgen.h>

static void prepare(int n, const double *v, double *work)
{
    for (int i = 0; i < n; i++)
        work[i] = v[i] * v[n - 1 - i];
}

static double reduce(int n, const double *work)
{
    double s = 1;
    for (int i = 0; i < n; i++)
        s *= 2 + work[i];
    return s;
}

ADGEN_VJP(v)
double f(int n, const double *v, double *work)
{
    prepare(n, v, work);
    const double a = reduce(n, work);
    prepare(n - 1, v + 1, work);
    return a * reduce(n, work);
}
