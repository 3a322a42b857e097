// f_grad of a function that has an output besides its result.
// test: grad f(x ~ 1.5, y[2] > 0.5 0.25)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, double *y)
{
    y[0] = x * x;
    y[1] += y[0] * x;
    return y[1] * x;
}
