// At a tie of fmin the constant wins too.
// test: grad f(x ~ 1)
// expect: x += 0
// no-fd: a kink

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return fmin(1, x) + fmin(x, 1.0) + fmaxf(1.0f, (float)x);
}
