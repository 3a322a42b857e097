// An unsigned counter that goes in steps of two and that the reverse sweep has no use for.
// test: grad f(n = 5, x[3] ~ 0.3 0.5 0.7)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double t = 0.5;
    for (unsigned i = 0; i < (unsigned)n; i += 2)
        for (int k = 0; k < 3; k++)
            t = 0.5 * t + sin(t * x[k]);
    return t;
}
