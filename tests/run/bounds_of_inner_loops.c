// The trip counts of inner loops are known before the outer one, which runs any number of times.
// test: grad f(n = 6, steps = 3, u[6] ~ -1..1, c[6] ~ 0..0.2)
// test: grad f(n = 6, steps = 0, u[6] ~ -1..1, c[6] ~ 0..0.2)
// test: grad f(n = 2, steps = 2, u[2] ~ -1..1, c[2] ~ 0..0.2)
// test: grad f(n = 1, steps = 2, u[1] ~ -1..1, c[1] ~ 0..0.2)

#include <adgen.h>

ADGEN_GRAD(u, c)
double f(int n, int steps, const double *u, const double *c)
{
    double v[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = u[i];
    for (int t = 0; t < steps; t++) {
        for (int i = n - 2; i > 0; i--)
            next[i] = v[i] + c[i] * v[i] * (v[i - 1] + v[i + 1]);
        for (int i = 1; i <= n - 2; i++)
            v[i] = next[i];
    }
    for (int i = 0; i < n; i++)
        s += v[i] * v[i];
    return s;
}
