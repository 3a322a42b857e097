// if without else overwrites what came before.
// test: grad f(x ~ 0.75, y ~ 2)
// test: grad f(x ~ 3, y ~ 2)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    double z = x * x;
    if (x > y)
        z = z * y;
    return z + y;
}
