// Row pointers, as many as the caller says: they stay in memory, and two of them are swapped there.
// test: grad f(n = 3, a[6] ~ -1..1)
// test: grad f(n = 2, a[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(a)
double f(int n, const double *a)
{
    const double *row[8];
    for (int i = 0; i < n; i++)
        row[i] = a + 2 * i;
    const double *t = row[0];
    row[0] = row[n - 1];
    row[n - 1] = t;
    double s = 0;
    for (int i = 0; i < n; i++)
        s += row[i][0] * row[(i + 1) % n][1] * (i + 1);
    return s;
}
