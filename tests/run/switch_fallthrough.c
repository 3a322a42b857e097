// switch that falls through from case to case.
// test: grad f(x ~ 0.75, k = 0)
// test: grad f(x ~ 0.75, k = 1)
// test: grad f(x ~ 0.75, k = 2)
// test: grad f(x ~ 0.75, k = 7)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int k)
{
    double y = 1;
    switch (k) {
    case 0:
        y *= x;
        /* fallthrough */
    case 1:
        y += x * x;
        /* fallthrough */
    case 2:
    case 3:
        y *= x;
        break;
    default:
        y = x;
    }
    return y;
}
