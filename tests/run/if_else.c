// if and else, each with work of its own.
// test: grad f(x ~ 0.75)
// test: grad f(x ~ -0.75)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y;
    if (x > 0) {
        y = x * x;
        y = y * y;
    } else {
        y = -3 * x;
    }
    return y * x;
}
