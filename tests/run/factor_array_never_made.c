// Sums for an array whose extent is negative, or wraps around, where the loop that makes it does not run.
// test: grad f(n = 0, m = -1, q[2][2] = -1..1, g[3] ~ -1..1, x[2] ~ -1..1)
// test: grad f(n = 3, m = 2, q[2][2] = -1..1, g[3] ~ -1..1, x[2] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(g, x)
double f(int n, int m, double q[2][2], const double *g, const double *x)
{
    double s = 0.0;
    for (int p = 0; p < n; p++) {
        double y[m];
        for (int i = 0; i < m; i++) {
            y[i] = 0.0;
            for (int j = 0; j < m; j++)
                y[i] += q[i][j] * x[j];
        }
        for (int i = 0; i < m; i++)
            s += sin(y[i] * g[p]);
    }
    return s;
}
