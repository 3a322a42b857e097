// More snapshots than steps.
// test: grad f(n = 7, m = 3, x[3] ~ -1..1)
// test: grad f(n = 0, m = 3, x[3] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, int m, double *x)
{
    for (int t = 0; t < n; t++) {
        ADGEN_CHECKPOINT(1000);
        for (int i = 0; i < m; i++)
            x[i] = sin(x[i] * x[(i + 1) % m]) + 0.1;
    }
    return x[0] * x[1] + x[2];
}
