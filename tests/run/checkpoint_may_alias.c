// Parameters that may overlap.
// adgen: --may-alias
// test: grad f(n = 5, steps = 6, u[6] ~ -1..1, v[6] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u, v)
double f(int n, int steps, double *u, double *v)
{
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(2);
        for (int i = 0; i < n; i++)
            u[i] = sin(u[i] * v[i + 1]);
        v[n] += 0.1 * u[0];
    }
    double s = 0.0;
    for (int i = 0; i <= n; i++)
        s += u[i] * v[i];
    return s;
}
