// Batch normalisation with running means that stay passive.
// test: vjp f(n = 4, x[4] ~ -2..2, g ~ 1.5, b ~ 0.25, out[4] > 0..1, running[2] = 0 1)
// tol: 1e-10

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x, g, b)
void f(int n, const double *x, double g, double b, double *out, ADGEN_PASSIVE double *running)
{
    double mean = 0, variance = 0;
    for (int i = 0; i < n; i++)
        mean += x[i] / n;
    for (int i = 0; i < n; i++)
        variance += (x[i] - mean) * (x[i] - mean) / n;
    for (int i = 0; i < n; i++)
        out[i] = g * (x[i] - mean) / sqrt(variance + 1e-3) + b;
    running[0] = 0.9 * running[0] + 0.1 * mean;
    running[1] = 0.9 * running[1] + 0.1 * variance;
}
