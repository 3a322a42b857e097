// switch with break in each case and a default.
// test: grad f(x ~ 0.75, k = 0)
// test: grad f(x ~ 0.75, k = 1)
// test: grad f(x ~ 0.75, k = 2)
// test: grad f(x ~ 0.75, k = 9)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int k)
{
    double y = x;
    switch (k) {
    case 0:
        y = x * x;
        break;
    case 1:
        y *= 3;
        break;
    case 2: {
        const double t = x + 1;
        y = t * t * t;
        break;
    }
    default:
        y = -x;
    }
    return y * x;
}
