// A double parameter, a float result.
// test: vjp f(x ~ 1.5)

#include <adgen.h>

ADGEN_VJP(x)
float f(double x)
{
    return (float)(x * x * x);
}
