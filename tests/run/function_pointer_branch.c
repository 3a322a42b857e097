// A function pointer that a branch chooses.
// test: grad f(x ~ 0.5, k = 0)
// test: grad f(x ~ 0.5, k = 1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x, int k)
{
    double (*g)(double) = sin;
    if (k)
        g = cos;
    return g(x) * (*g)(2 * x);
}
