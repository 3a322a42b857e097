// A derivative that is zero: the bar stays as it was.
// test: grad f(x ~ 0.5)
// expect: x += 0

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = x * x;
    y = 3.0;
    return y;
}
