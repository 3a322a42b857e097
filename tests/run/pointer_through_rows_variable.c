// Flat pointers to matrices of run-time size: arrays, parameters, and pointers to their rows.
// test: grad f2(n = 3, m[3][3] ~ -1..1)
// test: grad f3(n = 3, k = 1, m[3][3] ~ -1..1)
// no-dual: arrays of variable length

#include <adgen.h>
#include <math.h>
#include <string.h>

ADGEN_GRAD(m)
double f2(int n, const double m[n][n])
{
    double a[n][n], s = 0;
    memcpy(a, m, sizeof a);
    a[1][2] *= a[2][1];
    const double *p = &m[0][0], *e = p + n * n, *q = (const double *)a;
    while (p < e)
        s += s * *p++ + *q++;
    for (int i = 0; i < n; i++)
        s += sin(a[i][i] + s + m[i][0]);
    return s;
}

ADGEN_GRAD(m)
double f3(int n, int k, double m[n][n])
{
    double s = 1, *p = (double *)m, *q = &m[0][0];
    double(*r)[n] = m + k;
    double *t = (double *)r, *u = &r[0][0];
    p[1] *= q[5];
    memset(r, 0, sizeof *r);
    m[1][0] = p[1] * p[7] + m[0][2];
    for (int i = 0; i < n; i++)
        s += s * t[i] + u[n + i] * p[i];
    memcpy(t, q, (size_t)n * sizeof *t);
    return s + m[1][1];
}
