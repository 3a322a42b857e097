// Of two active arguments that tie, the first wins.
// test: grad f(x ~ 1, y ~ 1)
// expect: x += 1
// expect: y += 2
// no-fd: a kink

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return fmax(x, y) + 2 * fmin(y, x);
}
