// What is added to a neighbour is a long formula, whose values are each in several operands of the next.
// test: grad ring(n = 4, x[4] ~ -1..1, w ~ 0.5..1)

#include <adgen.h>

ADGEN_GRAD(x, w)
double ring(int n, const double *x, double w)
{
    double s = 0;
    for (int i = 0; i < n; i++) {
        const int left = i > 0 ? i - 1 : n - 1;
        double t = w;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        t = t - 0.01 * t * t;
        s += x[left] * x[i] * t;
    }
    return s;
}
