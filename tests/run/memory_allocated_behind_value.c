// A value that is stored in memory which is allocated after it: the reverse needs it when that has been given back.
// test: grad f(n = 4, x ~ 0.7)
// test: grad g(n = 3, x[3] ~ 0.7 0.5 -0.4)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    const double first = x;
    for (unsigned i = 0; i < (unsigned)n; i += 2) {
        x /= 2.5 + 0.5 * first;
        double *h = calloc(3, sizeof *h);
        for (int j = 0; j < 3; j++)
            h[j] = 0.5;
        h[(i * 3 + 1) % 3] = x;
        x = sin(h[0] * h[2]) + h[1];
        free(h);
    }
    return x;
}

ADGEN_GRAD(x)
double g(int n, const double *x)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) {
        const double a = exp(x[i]) * (1.0 + s);
        double *w = malloc(sizeof(double) * (size_t)n);
        for (int j = 0; j < n; j++)
            w[j] = a;
        w[i] = a * a;
        s += w[0] * w[n - 1];
        free(w);
    }
    return s;
}
