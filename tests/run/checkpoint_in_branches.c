// Steps in branches: a permutation and a pointer that moves are state, iterations are left early, and what is behind writes to the state, too.
// test: grad f(n = 5, steps = 7, mode = 1, u[40] ~ -1..1, idx[5] = 3 1 4 0 2)
// test: grad f(n = 5, steps = 7, mode = 2, u[40] ~ -1..1, idx[5] = 3 1 4 0 2)
// test: grad f(n = 5, steps = 0, mode = 1, u[40] ~ -1..1, idx[5] = 3 1 4 0 2)
// test: grad f(n = 0, steps = 3, mode = 1, u[40] ~ -1..1, idx[5] = 3 1 4 0 2)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u)
double f(int n, int steps, int mode, double *u, const int *idx)
{
    int perm[5];
    double s = 0.25, acc[5] = {0};
    for (int i = 0; i < 5; i++)
        perm[i] = idx[i];
    if (mode > 0) {
        double *p = u;
        if (mode == 1) {
            for (int t = 0; t < steps; t++) {
                ADGEN_CHECKPOINT(2);
                int first = perm[0];
                for (int i = 0; i < n; i++) {
                    if (u[i] < -0.9)
                        continue;
                    acc[perm[i]] += s * p[i];
                    u[i] = sin(u[i] + acc[(perm[i] + t) % 5]);
                    if (i + 1 < 5)
                        perm[i] = perm[i + 1];
                }
                perm[4] = first;
                s = 0.5 * s + cos(p[0] * acc[1]);
                p += 1;
            }
            u[2] = s * u[0];
        } else {
            for (int t = steps; t > 0; t -= 3) {
                ADGEN_CHECKPOINT(3);
                double x = 1.0 + s * s;
                int k = 0;
                while (x > 0.3 && k < 4 + t % 2) {
                    x *= 0.7 + 0.1 * sin(s);
                    k++;
                }
                int e;
                double m = frexp(x, &e);
                s += 0.1 * m * u[t % 5];
                for (int i = n - 1; i >= 0; i--)
                    u[i] *= 1.0 + 0.05 * s;
            }
        }
    }
    u[0] = u[1] * acc[2] + s;
    return u[0] * u[2] + s;
}
