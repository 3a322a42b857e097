// A global variable with external linkage is read.
// test: grad f(x ~ 0.5)
// before: gain = 1.75;

#include <adgen.h>

double gain = 3;

ADGEN_GRAD(x)
double f(double x)
{
    return gain * x * x;
}
