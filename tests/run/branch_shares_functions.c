// What a branch computes, its reverse uses again: cosines for sines, in loops that break and that count.
// test: grad f(n = 4, x[4] ~ 0.2..0.9)
// test: grad f(n = 0, x[4] ~ 0.2..0.9)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double h = 1.0, s = 0.0;
    for (int i = 0; i < n; i++) {
        if (x[i] > 0.5) {
            h = sin(h * x[i]) * cos(h * x[i]);
        } else {
            h += exp(-h * x[i]) / sqrt(x[i]);
            s += 1.0 / h + x[i] / h;
        }
        if (h > 3.0)
            break;
    }
    while (h < 4.0) {
        double t = sin(h);
        h += 0.5 + t * t + cos(h) * s * 0.01;
    }
    return h + s;
}
