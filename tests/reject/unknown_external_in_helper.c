// The unknown call is in a helper, two levels down.

#include <adgen.h>

double mystery(double x);

static double inner(double x)
{
    return mystery(x) + 1; // error: mystery
}

static double outer(double x)
{
    return inner(x) * x;
}

ADGEN_GRAD(x)
double f(double x)
{
    return outer(x);
}
