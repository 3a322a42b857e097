// A result and an output, both with seeds.
// test: vjp f(x ~ 0.5, y ~ 2, out[2] > 0.25 0.75)
// expect: out[i] = 0

#include <adgen.h>

ADGEN_VJP(x, y)
double f(double x, double y, double *out)
{
    out[0] = x * y;
    out[1] = x / y;
    return out[0] + x;
}
