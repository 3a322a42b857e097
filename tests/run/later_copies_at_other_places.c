// A copy that serves one loop is made before another element is stored, or holds what an earlier loop found.
// test: grad whole(x[3] ~ 0.2..0.9, n = 3)
// test: grad parts(x[6] ~ 0.2..0.9, w[6] ~ 0.2..0.9, n = 3)
// test: grad parts(x[6] ~ 0.2..0.9, w[6] ~ 0.2..0.9, n = 0)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double whole(const double x[3], int n)
{
    double s = 0.0, w[8];
    for (int k = 0; k < n; k++) {
        for (int i = 0; i < 4; i++)
            w[i] = sin(x[k] * s + i);
        for (int i = 0; i < 4; i++)
            s = 0.5 * sin(s) + 0.3 * w[i] * w[i] * cos(s);
        for (int i = 4; i < 8; i++)
            w[i] = cos(x[k] * w[i - 4] * s);
        for (int i = 0; i < 4; i++)
            s = sin(w[i] * s * s + 0.1 * x[k]);
        for (int i = 0; i < 8; i++)
            s = cos(s) * w[i] * w[i] * 0.3 + 0.2;
    }
    return s;
}

ADGEN_GRAD(x, w)
double parts(const double *x, double *w, int n)
{
    double s = 0.5;
    for (int k = 0; k < n; k++) {
        for (int i = 0; i < n; i++)
            w[i] = sin(x[k] * s + i) * w[i];
        for (int i = 0; i < n; i++)
            s = 0.5 * sin(s) + 0.3 * w[i] * w[i] * cos(s);
        for (int i = 0; i < n; i++)
            w[i + n] = cos(x[k + n] * w[i] * s) * w[i + n];
        for (int i = 0; i < n; i++)
            s = w[i] * sin(s) + 0.1 * x[k];
        for (int i = 0; i < 2 * n; i++)
            s = cos(s) * w[i] * w[i] * 0.3 + 0.2;
    }
    return s;
}
