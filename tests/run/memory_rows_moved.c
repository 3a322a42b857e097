// Rows of matrices that are moved, grow, and are copied between matrices of different shapes.
// test: grad b1(n = 3, v[9] ~ -1..1)
// test: grad b2(n = 4, v[12] ~ -1..1)
// test: grad b3(n = 2, v[16] ~ -1..1)
// test: grad b4(n = 3, v[9] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* rows on the heap that grow */
ADGEN_GRAD(v)
double b1(int n, const double *v)
{
    double (*m)[3] = (double (*)[3])malloc(sizeof *m);
    memcpy(m[0], v, sizeof *m);
    for (int i = 1; i < n; i++) {
        m = (double (*)[3])realloc(m, (size_t)(i + 1) * sizeof *m);
        memcpy(m + i, v + 3 * i, sizeof *m);
        m[i][1] *= m[i - 1][2];
        m[0][0] += m[i][0] * m[i][1];
    }
    double s = m[0][0] * m[n - 1][2] + m[1][1];
    free(m);
    return s;
}

/* shifting rows */
ADGEN_GRAD(v)
double b2(int n, const double *v)
{
    double h[4][3] = {{0}}, s = 0;
    for (int i = 0; i < n; i++) {
        memmove(h[1], h[0], 3 * sizeof h[0]);
        memcpy(h[0], v + 3 * i, sizeof h[0]);
        h[0][2] += h[1][0] * h[3][1];
        for (int j = 0; j < 4; j++)
            s += h[j][j % 3] * h[0][1];
    }
    memmove(h, h + 1, 2 * sizeof *h);
    memmove(&h[0][0] + 1, &h[0][0], 11 * sizeof(double));
    return s * h[0][1] + h[1][2] * h[2][0] + h[3][2];
}

/* different shapes */
ADGEN_GRAD(v)
double b3(int n, const double *v)
{
    double a[2][8], b[4][4], c[2][2][4], s = 0;
    memcpy(a, v, sizeof a);
    for (int t = 0; t < n; t++) {
        memcpy(b, a, sizeof b);
        for (int i = 0; i < 4; i++)
            b[i][t] *= b[t][i];
        memcpy(c, b, sizeof c);
        c[1][0][t] *= c[0][1][2];
        memcpy(a, c, sizeof a);
        s += a[1][t] * a[0][7];
        memset(b, 0, 2 * sizeof b[0]);
        s += b[0][1] + b[3][t];
    }
    return s + a[1][4];
}

struct s {
    double m[3][3];
    int k[3][3];
};

ADGEN_GRAD(v)
double b4(int n, const double *v)
{
    struct s x, y[2];
    memset(&x, 0, sizeof x);
    memcpy(x.m, v, sizeof x.m);
    memset(y, 0, sizeof y);
    for (int i = 0; i < n; i++) {
        x.k[i][1] = i;
        memcpy(&y[i % 2], &x, sizeof x);
        y[i % 2].m[x.k[i][1]][1] *= x.m[2][i];
        memcpy(x.m[1], y[0].m[2], sizeof x.m[1]);
        x.m[0][i] += y[1].m[1][i] * y[0].m[i][2];
    }
    return x.m[0][1] * y[1].m[1][1] + x.m[1][2];
}
