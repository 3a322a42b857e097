// Without names every parameter of real type is differentiated; integers are not.
// test: grad f(n = 3, x ~ 1.25, v[3] ~ 1 2 3)

#include <adgen.h>

ADGEN_GRAD()
double f(int n, double x, const double v[n])
{
    double s = 0.0;
    for (int i = 0; i < n; i++)
        s += x * v[i] * v[i];
    return s;
}
