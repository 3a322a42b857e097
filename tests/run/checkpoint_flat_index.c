// Arrays of two dimensions as people write them by hand: a row length of their own, a macro, strides of either sign.
// test: grad f(n = 3, ld = 5, steps = 5, u[25] ~ -1..1, v[25] ~ -1..1)
// test: grad f(n = 3, ld = 5, steps = 1, u[25] ~ -1..1, v[25] ~ -1..1)
// test: grad f(n = 0, ld = 5, steps = 4, u[25] ~ -1..1, v[25] ~ -1..1)
// test: grad g(n = 3, stride = 2, steps = 4, u[9] ~ -1..1)
// test: grad g(n = 3, stride = -2, steps = 4, u[9] ~ -1..1)

#include <adgen.h>
#include <math.h>

#define IX(i, j) ((i) + (n + 2) * (j))

ADGEN_GRAD(u, v)
double f(int n, int ld, int steps, double *u, double *v)
{
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(2);
        for (int i = 1; i <= n; i++)
            for (int j = 1; j <= n; j++)
                u[IX(i, j)] = sin(u[IX(i, j)] + u[IX(i - 1, j)] * v[i * ld + j]);
        for (int i = 0; i < n; i += 2)
            for (int j = n - 1; j >= 0; j--)
                v[i * ld + j] = 0.5 * v[i * ld + j] + u[IX(i, j)];
        for (int k = 0; k < n + 2; k++) {
            u[IX(k, 0)] = u[IX(k, 1)];
            u[IX(0, k)] = u[IX(1, k)] * 0.5;
        }
    }
    double s = 0.0;
    for (int i = 0; i < 25; i++)
        s += (i + 1) * u[i] * v[i];
    return s;
}

ADGEN_GRAD(u)
double g(int n, int stride, int steps, double *u)
{
    double *middle = u + 4;
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(2);
        for (int i = 0; i < n; i++)
            middle[i * stride] = cos(middle[i * stride] + u[0]);
    }
    double s = 0.0;
    for (int i = 0; i < 9; i++)
        s += u[i] * u[i];
    return s;
}
