// The function that is asked for is recursive itself.
// test: grad f(x ~ 1.25, n = 4)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int n)
{
    if (n <= 0)
        return x;
    const double y = f(x * 0.5, n - 1);
    return y * y + x;
}
