// A constant variable at file scope.
// test: grad f(x ~ 0.5)

#include <adgen.h>

const double gain = 1.75;

ADGEN_GRAD(x)
double f(double x)
{
    return gain * x * x;
}
