// What the cases keep for the reverse sweep shares variables, since only one of them runs; nothing else is assigned.
// test: grad f(n = 8, kind[8] = 0 1 2 3 4 5 2 1, p[3] ~ 0.5..1.5, x[8] ~ 0.2..1)
// test: grad f(n = 1, kind[1] = 3, p[3] ~ 0.5..1.5, x[1] ~ 0.2..1)
// test: grad f(n = 1, kind[1] = 9, p[3] ~ 0.5..1.5, x[1] ~ 0.2..1)
// test: grad g(kind = 0, p[3] ~ 0.5..1.5, x ~ 0.7)
// test: grad g(kind = 2, p[3] ~ 0.5..1.5, x ~ 0.7)
// test: grad g(kind = 4, p[3] ~ 0.5..1.5, x ~ 0.7)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(p, x)
double g(int kind, const double *p, double x)
{
    if (kind == 0)
        return p[0] * (1 - exp(-p[1] * x));
    if (kind == 1) {
        const double z = (x - p[2]) / p[1];
        return p[0] / p[1] * exp(-0.5 * z * z);
    }
    if (kind == 2) {
        double s = 0;
        if (x > 0.5) {
            const float narrow = (float)sin(p[0] * x);
            s = narrow * exp(narrow);
        } else if (x > 0.3) {
            s = sin(x) * exp(p[2]);
        }
        return s * s;
    }
    if (kind == 3 || kind == 5)
        return p[0] / pow(1 + exp(p[1] - p[2] * x), 1 / p[0]);
    return 0;
}

ADGEN_GRAD(p, x)
double f(int n, const int *kind, const double *p, const double *x)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        const double r = x[i] - g(kind[i], p, x[i]);
        sum += r * r;
    }
    return sum;
}
