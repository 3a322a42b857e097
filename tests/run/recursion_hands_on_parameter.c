// Numbers that a recursive function hands on as they are: all calls add to one adjoint.
// test: grad f(x ~ 0.75, y ~ 0.4, n = 5)
// test: grad f(x ~ 0.75, y ~ 0.4, n = 0)

#include <adgen.h>
#include <math.h>

static double weave(double x, double y, double z, int n)
{
    if (n == 0)
        return x * y + z;
    double sum = 0;
    for (int k = 0; k < n; k++)
        sum += weave(x, x, y, k) * z + weave(y, z, x, n - 1 - k);
    if (sum > 1)
        return sin(sum) * x;
    return sum * weave(x, y, sum, n - 1);
}

ADGEN_GRAD(x, y)
double f(double x, double y, int n)
{
    return weave(x, y, x, n);
}
