// States in arrays of two dimensions, a local one and a parameter; a step with a loop of unknown length and a branch.
// test: grad f(n = 3, m = 4, steps = 5, a[3][4] ~ -1..1, c ~ 0.4)
// test: grad f(n = 3, m = 4, steps = 1, a[3][4] ~ -1..1, c ~ 0.4)
// no-dual: no such parameters in C++

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(a, c)
double f(int n, int m, int steps, double a[n][m], double c)
{
    double flux[n][m];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            flux[i][j] = 0.1 * i - 0.2 * j;
    for (int t = 1; t <= steps; t++) {
        ADGEN_CHECKPOINT(2);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++) {
                double x = a[i][j], root = 1.0 + x * x;
                while (root * root > 1.0 + x * x + 1e-3)
                    root = 0.5 * (root + (1.0 + x * x) / root);
                flux[i][j] = 0.5 * flux[i][j] + (x > 0.0 ? c * x / root : x * x);
            }
        for (int i = 1; i < n; i++)
            for (int j = 1; j < m - 1; j++)
                a[i][j] -= 0.1 * t * (flux[i][j] - flux[i - 1][j - 1]);
    }
    double s = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            s += a[i][j] * (1 + i + 2 * j) + flux[i][j];
    return s;
}
