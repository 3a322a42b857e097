// A piecewise cubic on knots that are found by bisection.
// test: grad f(n = 4, knots[4] = 0 1 2.5 4, y[4] ~ 1 -1 2 0.5, x ~ 1.75)

#include <adgen.h>

ADGEN_GRAD(y, x)
double f(int n, const double *knots, const double *y, double x)
{
    int low = 0, high = n - 1;
    while (high - low > 1) {
        const int middle = (low + high) / 2;
        if (knots[middle] > x)
            high = middle;
        else
            low = middle;
    }
    const double t = (x - knots[low]) / (knots[high] - knots[low]);
    return y[low] * (1 + 2 * t) * (1 - t) * (1 - t) + y[high] * t * t * (3 - 2 * t);
}
