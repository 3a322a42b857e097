// Two functions of one file, one of them called by the other.
// test: grad inner(x ~ 0.5)
// test: grad outer(x ~ 0.25, y ~ 2)

#include <adgen.h>

ADGEN_GRAD(x)
double inner(double x)
{
    return x * x + 1.0;
}

ADGEN_GRAD(x, y)
double outer(double x, double y)
{
    return inner(x * y) * y;
}
