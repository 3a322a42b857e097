// A loop that ends by break in its middle, with work on both sides.
// test: grad f(x ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double s = x;
    for (int i = 0; i < 100; i++) {
        s = s * s + x;
        if (s > 3)
            break;
        s += 0.25 * x * i;
    }
    return s * x;
}
