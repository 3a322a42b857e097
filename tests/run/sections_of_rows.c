// The same of a matrix with rows of a length that is known when it runs.
// test: grad of_rows(steps = 2, n = 4, m = 3, u[4][3] ~ -1..1, v[4][3] > 0 0 0 0 0 0 0 0 0 0 0 0)
// no-dual: no such parameters in C++

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u)
double of_rows(int steps, int n, int m, double u[n][m], double v[n][m])
{
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++) {
                v[i][j] = 0;
                for (int k = 0; k < m; k++)
                    v[i][j] += u[i][k] * u[i][j];
            }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                u[i][j] = sin(v[i][j]);
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += u[i][0] * u[i][m - 1];
    return s;
}
