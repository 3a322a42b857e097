// A real loop counter that stays passive.
// test: grad f(x ~ 0.75)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    double s = 0;
    for (double t = 0; t < 1; t += 0.25)
        s += exp(-t * x) * t;
    return s;
}
