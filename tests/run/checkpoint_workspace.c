// Time steps with snapshots in storage of the caller's.
// adgen: --workspace
// test: grad f(n = 6, steps = 0, u[6] ~ -1..1, k ~ 0.2)
// test: grad f(n = 6, steps = 1, u[6] ~ -1..1, k ~ 0.2)
// test: grad f(n = 6, steps = 3, u[6] ~ -1..1, k ~ 0.2)
// test: grad f(n = 6, steps = 4, u[6] ~ -1..1, k ~ 0.2)
// test: grad f(n = 6, steps = 23, u[6] ~ -1..1, k ~ 0.2)
// test: grad f(n = 2, steps = 5, u[2] ~ -1..1, k ~ 0.2)
// test: grad f(n = 1, steps = 5, u[1] ~ -1..1, k ~ 0.2)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u, k)
double f(int n, int steps, double *u, double k)
{
    double w[n];
    double energy = 0.0;
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(3);
        for (int i = 1; i < n - 1; i++)
            w[i] = u[i] + k * sin(u[i - 1] - 2.0 * u[i] + u[i + 1]);
        for (int i = 1; i < n - 1; i++)
            u[i] = w[i];
        energy += u[n / 2] * u[n / 2];
    }
    for (int i = 0; i < n; i++)
        energy += u[i] * u[i];
    return energy;
}
