// A variable-length array of rank two.
// test: grad f(n = 3, m = 2, v[6] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, int m, const double *v)
{
    double a[n][m];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            a[i][j] = v[i * m + j] * v[j];
    double s = 0;
    for (int j = 0; j < m; j++)
        for (int i = 1; i < n; i++)
            s += a[i][j] * a[i - 1][j];
    return s;
}
