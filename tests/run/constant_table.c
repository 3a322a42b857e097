// A static constant table, read by index.
// test: grad f(n = 4, x ~ 0.5)

#include <adgen.h>

static const double coefficients[4] = {1.0, -0.5, 0.25, 2.0};

ADGEN_GRAD(x)
double f(int n, double x)
{
    double s = 0;
    for (int i = n - 1; i >= 0; i--)
        s = s * x + coefficients[i];
    return s;
}
