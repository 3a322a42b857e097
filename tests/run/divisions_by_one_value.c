// Several adjoints are divided by one value: in branches, in loops that it is known before, behind them.
// test: grad f(n = 3, c = 1, x[4] ~ 0.5..2, y[3] ~ -1..1)
// test: grad f(n = 3, c = 0, x[4] ~ 0.5..2, y[3] ~ -1..1)
// test: grad f(n = 0, c = 2, x[4] ~ 0.5..2, y[3] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(int n, int c, const double *x, double *y)
{
    double s = 0.0, d = x[0] + x[1];
    for (int i = 0; i < n; i++) {
        double t = x[i] * d;
        if (c == 1)
            s += y[i] / d;
        for (int j = 0; j < n; j++) {
            s += sin(y[j]) / t;
            if (j == c)
                y[j] = (x[j] / t) / d;
            else
                y[j] /= sqrt(d) + x[3];
        }
    }
    if (c)
        s = s / d + x[2] / d;
    return (s - x[3]) / d;
}
