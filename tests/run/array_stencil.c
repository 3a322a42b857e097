// A five-point stencil on a flat grid, two buffers.
// test: grad f(n = 4, u[16] ~ -1..1, k ~ 0.1)

#include <adgen.h>

ADGEN_GRAD(u, k)
double f(int n, const double *u, double k)
{
    double next[16], s = 0;
    for (int i = 0; i < n * n; i++)
        next[i] = u[i];
    for (int i = 1; i < n - 1; i++)
        for (int j = 1; j < n - 1; j++)
            next[i * n + j] = u[i * n + j] + k * (u[(i - 1) * n + j] + u[(i + 1) * n + j] + u[i * n + j - 1] +
                                                  u[i * n + j + 1] - 4 * u[i * n + j]);
    for (int i = 0; i < n * n; i++)
        s += next[i] * next[i];
    return s;
}
