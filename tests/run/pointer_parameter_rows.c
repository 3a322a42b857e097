// A parameter that is a pointer to rows.
// test: grad f(n = 2, m = 3, a[2] ~ (1 2 3) (4 5 6))

#include <adgen.h>

ADGEN_GRAD(a)
double f(int n, int m, double **a)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            s += a[i][j] * a[n - 1 - i][j] * (j + 1);
    return s;
}
