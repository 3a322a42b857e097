// A pointer that steps by a size_t, or by rows: how far it is from its start is more than what the int that counts
// could hold, where arrays are large.
// test: grad f(n = 3, m = 2, a[6] ~ -1..1, x[2] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

ADGEN_GRAD(a, x)
double f(int n, size_t m, const double *a, const double *x)
{
    double s = 0.0;
    const double *row = a, *last = a + 2 * m;
    for (int i = 0; i < n; i++) {
        for (size_t j = 0; j < m; j++)
            s += sin(row[j] * x[j]) * last[j];
        row += m;
        last -= m;
    }
    return s;
}
