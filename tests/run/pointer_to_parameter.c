// The address of a scalar parameter.
// test: grad f(x ~ 0.5)

#include <adgen.h>

static void bump(double *p)
{
    *p = *p * *p + 1;
}

ADGEN_GRAD(x)
double f(double x)
{
    bump(&x);
    bump(&x);
    return x;
}
