// The result is the parameter.
// test: grad f(x ~ 0.5)
// expect: x += 1

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    return x;
}
