// _Pragma, pragmas and attributes leave the derivative as it is.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

static inline __attribute__((always_inline)) double square(double x)
{
    return x * x;
}

__attribute__((noinline, unused)) static double half(double x)
{
    return x / 2;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s __attribute__((aligned(16))) = 0;
    _Pragma("GCC ivdep") for (int i = 0; i < n; i++) s += square(v[i]) * (i + 1);
#pragma GCC unroll 4
    for (int i = 0; i < n; i++)
        s += half(v[i]) * s;
    return s;
}
