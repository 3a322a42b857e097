// A branch that was taken is differentiated as taken.
// test: grad f(x ~ 1)
// expect: x += 2
// no-fd: a kink

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    if (x <= 1)
        return 2 * x;
    return 5 * x - 3;
}
