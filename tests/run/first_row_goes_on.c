// A pointer to the first row of a matrix, handed on, that goes through all rows: as many people write it. Where other
// rows are handed on too, and where it stays in the row, it is a row's.
// test: grad f(n = 3, v[9] ~ -1..1)
// test: grad g(n = 3, v[9] ~ -1..1)
// test: grad h(n = 3, v[9] ~ -1..1)

#include <adgen.h>

static double total(const double *p, int n)
{
    double s = 1.0;
    for (int i = 0; i < n; i++)
        s += s * p[i];
    return s;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double m[3][3] = {{v[0], v[1], v[2]}, {v[3], v[4], v[5]}, {v[6], v[7], v[8]}};
    m[2][2] += m[1][1] * m[0][2];
    double s = total(m[0], n * n);
    m[2][2] = 1;
    m[1][1] *= 2;
    return s * total(*m, n * n) + m[1][1];
}

static void scale(double *row, int n, double by)
{
    for (int i = 0; i < n; i++)
        row[i] *= by;
}

ADGEN_GRAD(v)
double g(int n, const double *v)
{
    double m[3][3];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            m[i][j] = v[i * n + j];
    for (int i = 0; i < n; i++)
        scale(m[i], n, v[i]);
    double s = total(m[0], n * n);
    for (int i = 1; i < n; i++)
        scale(m[i], n, s);
    return s * total(m[0], n * n);
}

ADGEN_GRAD(v)
double h(int n, const double *v)
{
    double m[2][3];
    for (int j = 0; j < 3; j++) {
        m[0][j] = v[j];
        m[1][j] = v[j + 3];
    }
    scale(m[0], n, v[6]);
    scale(m[1], n, v[7]);
    return total(m[0], n) * total(m[1], n);
}
