// fmod and remainder at points between their jumps.
// test: grad f(x ~ 7.25, y ~ 2)
// test: grad f(x ~ -7.25, y ~ 2.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return fmod(x, y) * x + remainder(x, y) * y;
}
