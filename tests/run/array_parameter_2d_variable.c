// A parameter of rank two with extents that are parameters.
// test: grad f(n = 2, m = 3, a[2][3] ~ 0.5 1 -1 2 0.25 -0.5, x[3] ~ 1 2 3)
// expect: a[i][j] += x[j] * (i + 1)
// expect: x[j] += a[j] + 2 * a[3 + j]
// no-dual: no such parameters in C++

#include <adgen.h>

ADGEN_GRAD(a, x)
double f(int n, int m, const double a[n][m], const double x[m])
{
    double s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            s += a[i][j] * x[j] * (i + 1);
    return s;
}
