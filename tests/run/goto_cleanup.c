// goto forward to a label at the end.
// test: grad f(x ~ 0.5, y[1] > 0)
// test: grad f(x ~ -0.5, y[1] > 0)
// test: grad f(x ~ 2, y[1] > 0)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, double *y)
{
    double r = -x;
    if (x < 0)
        goto done;
    r = x * x;
    if (r > 1)
        goto done;
    r *= x;
done:
    *y = r * 2;
    return r * x;
}
