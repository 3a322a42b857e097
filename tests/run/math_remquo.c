// remquo gives a quotient through a pointer.
// test: grad f(x ~ 7.25, y ~ 2)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    int quotient;
    const double r = remquo(x, y, &quotient);
    return r * x + quotient * y;
}
