// A loop whose condition is a call that changes the state.
// test: grad f(x ~ 0.5)

#include <adgen.h>

static int advance(double *y, double x)
{
    *y = *y * (1 + x);
    return *y < 3;
}

ADGEN_GRAD(x)
double f(double x)
{
    double y = x, s = 0;
    while (advance(&y, x))
        s += y * y;
    return s + y;
}
