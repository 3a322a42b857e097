// Pointers to rows of run-time size compared with the array they walk over, and subtracted from it: forwards and back.
// test: grad f(n = 3, v[12] ~ -1..1, w[4] ~ -1..1)
// test: grad f(n = 1, v[2] ~ -1..1, w[2] ~ -1..1)
// test: grad planes(n = 2, v[8] ~ -1..1)
// test: grad h(n = 3, m[3][3] ~ -1..1)
// no-dual: arrays of variable length

#include <adgen.h>

ADGEN_GRAD(v, w)
double f(int n, const double *v, const double *w)
{
    const int c = n + 1;
    double m[n][c], s = 0;
    for (int i = 0; i < n * c; i++)
        m[i / c][i % c] = v[i];
    for (double(*p)[c] = m; p < m + n; p++)
        s += (*p)[1] * (*p)[0] * w[p - m];
    for (double(*p)[c] = m + n; p-- > m;)
        s += (*p)[1] * s * (double)(m + n - p);
    double(*q)[c] = m;
    while (q != &m[n] && s < 30) {
        (*q)[0] *= s;
        s += q[0][c - 1];
        ++q;
    }
    return s * (double)(q - m) + m[0][0];
}

/* Planes of rows of scalars. */
ADGEN_GRAD(v)
double planes(int n, const double *v)
{
    double a[2][n][n], s = 0;
    for (int i = 0; i < 2 * n * n; i++)
        a[i / (n * n)][i / n % n][i % n] = v[i];
    double(*end)[n][n] = a + 2;
    for (double(*p)[n][n] = a; p != end; p++)
        for (double(*row)[n] = *p; row < *p + n; row++)
            for (double *x = *row; x < *row + n; x++)
                s += *x * s + *x * (double)((x - *row) + 3 * (row - *p) + 5 * (p - a));
    return s;
}

ADGEN_GRAD(m)
double h(int n, double m[n][n])
{
    double s = 1;
    for (double(*p)[n] = m, (*last)[n] = m + n - 1; p <= last; ++p)
        s += s * (*p)[p - m] * (p == m ? 2 : (double)(last - p));
    return s;
}
