// Matrices that are copied, cleared and gone through as one piece.
// test: grad f1(v[9] ~ -1..1)
// test: grad f2(n = 3, v[9] ~ -1..1)
// test: grad f3(n = 3, v[9] ~ -1..1)
// test: grad f4(v[9] ~ -1..1)
// test: grad f5(v[9] ~ -1..1)
// test: grad f6(n = 3, v[9] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <string.h>

ADGEN_GRAD(v)
double f1(const double *v)
{
    double m[3][3], r[3][3];
    memcpy(m, v, sizeof m);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            m[i][j] *= m[i][j] * v[j];
    memcpy(r, m, sizeof r);
    m[1][2] = 3 * r[1][2] * r[2][0] + r[0][0];
    memset(m[0], 0, sizeof m[0]);
    return m[1][2] * m[0][1] + m[1][2] * m[2][2] * r[1][1];
}

ADGEN_GRAD(v)
double f2(int n, const double *v)
{
    double m[n][n], r[3][3], s = 0;
    memset(m, 0, sizeof m);
    for (int i = 0; i < n; i++)
        m[i][(i + 1) % n] = v[i] * v[3 + i];
    memcpy(r, m, sizeof(double) * 9);
    m[1][2] *= v[8];
    r[2][0] *= v[7] * m[1][2];
    memset(m, 0, (size_t)n * sizeof m[0]);
    memcpy(&m[1], &r[1], sizeof r[1]);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            s += sin(r[i][j] + i) * m[i][j] * r[j][i];
    return s + m[1][2] * r[2][0] + r[2][0];
}

struct mat {
    double a[3][3];
    int n;
};

ADGEN_GRAD(v)
double f3(int n, const double *v)
{
    struct mat x, y = {{{0}}, 3};
    memcpy(x.a, v, sizeof x.a);
    for (int t = 0; t < n; t++) {
        for (int i = 0; i < 3; i++)
            y.a[i][t] = x.a[t][i] * x.a[2][1];
        memcpy(x.a, y.a[0], 9 * sizeof(double));
        y.a[2][1] *= v[t];
    }
    return x.a[1][2] + x.a[2][0] * y.a[2][1];
}

static void fill(double *p, const double *v, int n)
{
    for (int i = 0; i < n; i++)
        p[i] = v[i] * v[n - 1 - i];
}

static double total(const double *p, int n)
{
    double s = 1;
    for (int i = 0; i < n; i++)
        s += s * p[i];
    return s;
}

ADGEN_GRAD(v)
double f4(const double *v)
{
    double m[3][3];
    fill((double *)m, v, 9);
    m[2][2] += m[1][1] * m[0][2];
    double s = total((double *)m, 9);
    m[2][2] = 1;
    m[1][1] *= 2;
    return s * total((const double *)m, 9) + m[1][1];
}

typedef double mat3[3][3];

ADGEN_GRAD(v)
double f5(const double *v)
{
    mat3 ms[2];
    memset(ms, 0, sizeof ms);
    memcpy(ms[1], v, sizeof ms[1]);
    for (int i = 0; i < 3; i++)
        ms[0][i][i] = ms[1][i][2 - i] * ms[1][2][i];
    memmove(&ms[1], &ms[0], sizeof ms[0]);
    ms[0][1][1] = v[0];
    return ms[1][0][0] + ms[1][1][1] * ms[1][2][2] * ms[0][1][1];
}

ADGEN_GRAD(v)
double f6(int n, const double *v)
{
    double m[n][n], s = 0;
    double *p = (double *)m;
    for (int i = 0; i < n * n; i++)
        p[i] = v[i] * v[i];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            s += m[i][j] * v[i];
    m[1][2] *= s;
    p[2] *= m[1][2];
    return s * p[4] + m[0][2] + p[5];
}
