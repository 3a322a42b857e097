// A helper changes its own copy of a parameter.
// test: grad f(x ~ 0.5)

#include <adgen.h>

static double twist(double x, int n)
{
    while (n-- > 0)
        x = x * x + 0.25;
    return x;
}

ADGEN_GRAD(x)
double f(double x)
{
    return twist(x, 2) + x * twist(x * x, 3);
}
