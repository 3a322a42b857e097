// Kept pointers to rows of run-time size, few of them.
// test: grad deep(n = 2, m = 3, x[2][3][2] ~ 0..1)
// no-dual: arrays of variable length
#include <adgen.h>

ADGEN_GRAD(x)
double deep(int n, int m, const double x[n][m][2])
{
    double a[n][m][2], b[n][m][2], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            for (int k = 0; k < 2; k++) {
                a[i][j][k] = x[i][j][k] * x[i][j][1 - k];
                b[i][j][k] = x[i][j][k] * i;
            }
    double(*p)[m][2] = a, (*q)[m][2] = b;
    for (int t = 0; t < 3; t++) {
        for (int j = 0; j < m; j++)
            s += s * p[n - 1][j][0] + q[0][j][1] * p[0][j][1];
        if (s > 0.5) {
        double(*h)[m][2] = p;
        p = q;
        q = h;
        }
    }
    return s;
}
