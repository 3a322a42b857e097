// The annotation stands on a declaration, the definition follows later.
// test: grad f(x ~ 0.75)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x);

static double half(double x)
{
    return 0.5 * x;
}

double f(double x)
{
    return half(x) * half(x) * x;
}
