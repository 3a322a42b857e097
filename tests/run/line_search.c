// A backtracking line search along a direction: loops by values, a helper with a pointer result.
// test: grad f(x ~ 1.25)

#include <adgen.h>

static double objective(double t, double *slope)
{
    *slope = 4 * t * t * t - 2 * t;
    return t * t * t * t - t * t;
}

ADGEN_GRAD(x)
double f(double x)
{
    double slope, step = 1;
    const double start = objective(x, &slope);
    for (;;) {
        double unused;
        const double value = objective(x - step * slope, &unused);
        if (value < start - 0.125 * step * slope * slope)
            break;
        step *= 0.5;
    }
    return x - step * slope;
}
