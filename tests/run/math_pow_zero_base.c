// pow(0, y): derivative 0 by y for y > 0; by x, y * pow(0, y - 1).
// test: grad f(x ~ 0, y ~ 2.5)
// expect: x += 0
// expect: y += 0
// no-fd: the base is at the edge of the domain

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return pow(x, y);
}
