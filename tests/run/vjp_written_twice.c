// An output is written, read and overwritten.
// test: vjp f(x ~ 0.5, y ~ 2, out[2] > 0.5 0.25)

#include <adgen.h>

ADGEN_VJP(x, y)
void f(double x, double y, double *out)
{
    out[0] = x * y;
    out[1] = out[0] * x;
    out[0] = out[1] * out[0] + y;
    out[1] = out[0] * out[1];
}
