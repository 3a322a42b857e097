// Stores that others overwrite: those between which something reads the place stay.
// test: vjp f(n = 4, w[12] ~ -1..1, x[3] ~ -1..1, y[4] > -1..1)
// test: vjp f(n = 0, w[12] ~ -1..1, x[3] ~ -1..1, y[4] > -1..1)
// test: grad g(k = 0, x[2] ~ -1..1)
// test: grad g(k = 1, x[2] ~ -1..1)

#include <adgen.h>

ADGEN_VJP(w, x)
void f(int n, const double *w, const double *x, double *y)
{
    for (int i = 0; i < n; i++) {
        y[i] = 0.0;
        for (int j = 0; j < 3; j++)
            y[i] += w[i * 3 + j] * x[j];
    }
}

ADGEN_GRAD(x)
double g(int k, const double *x)
{
    double v[2], s = 0;
    v[0] = x[0];
    v[k] = x[1]; /* may be the same */
    s += v[0];
    v[k] = x[0] * x[1];
    v[k] = s * x[0];
    if (s > -10)
        s += v[0] * v[1 - (1 - k)];
    v[k] = s * x[1];
    for (int i = 0; i < k; i++)
        s += v[i] * v[i];
    v[0] = s;
    return v[0] * v[k];
}
