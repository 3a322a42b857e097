// Bisection on an active function: the bracket is active.
// test: grad f(a ~ 2)
// no-fd: steps of the bracket
// no-dual: only the last correction is smooth, and it has a closed form
// expect: a += 1 / (2 * sqrtl(a))

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(a)
double f(double a)
{
    double low = 0, high = 4;
    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (low + high);
        if (middle * middle < a)
            low = middle;
        else
            high = middle;
    }
    return low - (low * low - a) / (2 * low);
}
