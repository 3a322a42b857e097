// Least squares with a ridge.
// test: grad f(n = 4, d = 2, w[2] ~ 0.5 -1, x[8] = -1..1, y[4] = -1..1, ridge = 0.1)

#include <adgen.h>

ADGEN_GRAD(w)
double f(int n, int d, const double *w, const double *x, const double *y, double ridge)
{
    double loss = 0;
    for (int i = 0; i < n; i++) {
        double r = -y[i];
        for (int j = 0; j < d; j++)
            r += x[i * d + j] * w[j];
        loss += r * r;
    }
    for (int j = 0; j < d; j++)
        loss += ridge * w[j] * w[j];
    return loss / n;
}
