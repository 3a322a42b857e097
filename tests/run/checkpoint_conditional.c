// Conditional writes, also of elements that are chosen at run time; a variable outside functions is a part of the state.
// test: grad f(n = 5, steps = 9, u[5] ~ -1..1, idx[5] = 3 1 4 0 2)

#include <adgen.h>
#include <math.h>

static double scale = 1.0;
static int hits[5];

ADGEN_GRAD(u)
double f(int n, int steps, double *u, const int *idx)
{
    double local[5];
    for (int i = 0; i < 5; i++) {
        local[i] = 0.1 * i;
        hits[i] = 0;
    }
    scale = 1.0;
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(3);
        for (int i = 0; i < n; i++)
            if (u[i] > 0.1 * (hits[i] % 3)) {
                u[i] = u[i] * scale - 0.05 * local[idx[i]];
                hits[i]++;
            }
        local[idx[t % n]] += sin(u[t % n] + scale);
        scale *= 0.9 + 0.1 * cos(local[0]);
    }
    double s = scale;
    for (int i = 0; i < n; i++)
        s += u[i] * local[i];
    return s;
}
