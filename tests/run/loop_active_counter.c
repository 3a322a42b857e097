// A real loop counter that starts and steps by active values.
// test: grad f(x ~ 0.3125)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double s = 0;
    for (double t = x; t < 2; t += x)
        s += t * t;
    return s;
}
