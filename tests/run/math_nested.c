// Thirty nested cos(tan(sin(x))).
// test: grad f(x ~ 4.2)
// tol: 1e-8

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    for (int i = 0; i < 30; i++)
        x = cos(tan(sin(x)));
    return x;
}
