// default stands first and falls through; several labels on one statement.
// test: grad f(x ~ 0.75, k = 0)
// test: grad f(x ~ 0.75, k = 4)
// test: grad f(x ~ 0.75, k = -3)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int k)
{
    double y = x;
    switch (k) {
    default:
        y = y * y;
        /* fallthrough */
    case 0:
    case 1:
        y = y * x;
        break;
    case 4:
        y = 5 * x;
    }
    return y;
}
