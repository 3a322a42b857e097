// A pointer parameter that points to one number.
// test: grad f(x[1] ~ 1.5, y[1] ~ 2)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(const double *x, const double *y)
{
    return *x * *x * *y;
}
