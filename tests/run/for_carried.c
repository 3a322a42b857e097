// A loop that carries a nonlinear state from step to step.
// test: grad f(n = 5, x ~ 0.75)
// test: grad f(n = 1, x ~ 0.75)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    double h = 0.5;
    for (int i = 0; i < n; i++)
        h = h * (1.0 - h) * (2.0 + x);
    return h;
}
