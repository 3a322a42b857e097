// A passive function that stays a call may change what it is given: nothing is known of what it leaves there.
// note: pointer to const

#include <adgen.h>

ADGEN_PASSIVE void smooth(double *x, int n);

ADGEN_GRAD(x)
double f(double x)
{
    double y[2] = {x, x * x};
    smooth(y, 2); // error: smooth
    return y[0] * y[1];
}
