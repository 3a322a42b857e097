// fdim at equal arguments is flat.
// test: grad f(x ~ 1, y ~ 1)
// expect: x += 0
// expect: y += 0
// no-fd: a kink

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return fdim(x, y) + fdim(y, x);
}
