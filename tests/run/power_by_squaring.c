// Binary powering: the base is squared in place.
// test: grad f(x ~ 1.25, n = 13)
// expect: x += 13 * x * x * x * x * x * x * x * x * x * x * x * x

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, unsigned n)
{
    double result = 1;
    while (n) {
        if (n & 1)
            result *= x;
        x *= x;
        n >>= 1;
    }
    return result;
}
