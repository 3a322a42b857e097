// The target of a call by pointer can't be known.
// note:

#include <adgen.h>

ADGEN_GRAD(x)
double f(double (*g)(double), double x)
{
    return g(x) * x; // error: pointer|g
}
