// Work whose result is not used, and work that is overwritten before use.
// test: grad f(x ~ 1.5)
// expect: x += 2 * x

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    double unused = exp(x) * x;
    double y = sin(x);
    y = x * x;
    unused = unused + y;
    (void)unused;
    return y;
}
