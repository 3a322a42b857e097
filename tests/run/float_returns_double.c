// A float parameter, a double result.
// test: vjp f(x ~ 1.5)

#include <adgen.h>

ADGEN_VJP(x)
double f(float x)
{
    const double y = x;
    return y * y * y;
}
