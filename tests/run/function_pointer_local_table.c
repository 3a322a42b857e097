// A table of functions in the function itself.
// test: grad f(n = 3, x ~ 0.5)

#include <adgen.h>
#include <math.h>

static double cube(double x)
{
    return x * x * x;
}

ADGEN_GRAD(x)
double f(int n, double x)
{
    double (*const table[])(double) = {sin, cube, exp};
    double s = 0;
    for (int i = 0; i < n; i++)
        s += table[i](x) * x;
    return s;
}
