// A pointer to a matrix's first element goes through all of its rows.
// test: grad f1(v[9] ~ -1..1)
// test: grad f2(n = 3, m[9] ~ -1..1)
// test: grad f3(x ~ {a[3][3] ~ -1..1, w[3] ~ -1..1})
// test: grad f4(v[8] ~ -1..1)
// test: vjp f5(n = 3, m[3][3] ~ -1..1, out[9] > 0..1)

#include <adgen.h>
#include <math.h>
#include <string.h>

ADGEN_GRAD(v)
double f1(const double *v)
{
    double m[3][3], s = 0;
    double *p = &m[0][0];
    for (int i = 0; i < 9; i++)
        p[i] = v[i] * v[i];
    m[1][2] *= v[0];
    for (int i = 0; i < 9; i++)
        s += p[i] * v[8 - i];
    p[5] = 0;
    memcpy(&m[0][0], v, 5 * sizeof(double));
    return s * m[1][1] + m[1][2];
}

ADGEN_GRAD(m)
double f2(int n, const double *m)
{
    double a[n][n], s = 0;
    memcpy(&a[0][0], m, (size_t)(n * n) * sizeof(double));
    a[1][2] *= a[2][1];
    const double *p = &a[0][0], *e = p + n * n;
    while (p < e)
        s += s * *p++;
    for (int i = 0; i < n; i++)
        s += sin(a[i][i] + s + a[i][0]);
    return s;
}
struct x {
    double a[3][3], w[3];
};
static double norm(const double *p, int n)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += p[i] * p[i];
    return sqrt(s);
}

ADGEN_GRAD(x)
double f3(struct x x)
{
    x.a[1][1] *= x.a[0][1];
    double s = norm(&x.a[0][0], 9);
    x.a[1][1] += s * x.w[1];
    memset(&x.a[0][0], 0, 3 * sizeof(double));
    return s * norm(&x.a[0][0], 9) + norm(x.w, 3) + norm(x.a[2], 3);
}
static void swap(double *a, double *b)
{
    double t = *a;
    *a = *b;
    *b = t;
}

ADGEN_GRAD(v)
double f4(const double *v)
{
    double m[2][2][2];
    memcpy(m, v, sizeof m);
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            swap(&m[i][j][0], &m[j][i][1]);
    swap(&m[0][0][0], &m[1][1][1]);
    m[0][0][0] *= m[0][1][1];
    const double *q = &m[1][0][0];
    return q[0] * q[1] * m[0][0][0] + m[1][1][0];
}

ADGEN_VJP(m)
void f5(int n, double m[3][3], double *out)
{
    double *p = &m[0][0];
    for (int i = 0; i < n * n; i++)
        out[i] = p[i] * p[(i + 1) % 9];
    m[0][1] *= 2;
    out[4] += p[1];
    double(*r)[3] = m + 1;
    out[5] *= (&r[0][0])[3];
}
