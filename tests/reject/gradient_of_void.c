// The gradient of a function without a result.
// note: ADGEN_VJP|_vjp|vjp

#include <adgen.h>

ADGEN_GRAD(x) void f(double x, double *y) // error: return
{
    *y = x * x;
}
