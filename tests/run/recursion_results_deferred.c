// What the reverse computes behind a recursive call, one value from the other, stays in order.
// test: grad f(x[5] ~ 0.75 -0.5 0.3 1.1 0.2, n = 5)

#include <adgen.h>
#include <math.h>

static double halves(const double *x, int n)
{
    if (n <= 1)
        return tanh(0.25 + 2 * x[0]);
    const double s = halves(x, n / 2);
    const double t = halves(x + n / 2, n - n / 2);
    return 1.5 * cos(t * 3.0 + exp2(-fabs(s)));
}

ADGEN_GRAD(x)
double f(const double *x, int n)
{
    return halves(x, n);
}
