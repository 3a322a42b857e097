// Two variables change places, repeatedly.
// test: grad f(x ~ 0.5, y ~ 2, n = 3)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y, int n)
{
    for (int i = 0; i < n; i++) {
        const double t = x;
        x = y * 0.5 + i;
        y = t * y;
    }
    return x - 2 * y;
}
