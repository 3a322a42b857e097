// Local typedefs of variable size: the extents are those of the moment that control passes the typedef.
// test: grad f(n = 3, x[3] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    typedef double row[n];
    typedef row pair[2];
    row a;
    n = 1;
    pair b;
    row c[3];
    row *last = &c[2];
    const int count = (int)(sizeof(row) / sizeof(double));
    for (int i = 0; i < count; i++) {
        a[i] = x[i] * x[i];
        b[0][i] = x[i];
        b[1][i] = a[i] + 1;
        (*last)[i] = b[0][i] * b[1][i];
    }
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += a[i] * c[2][i] + b[0][i] * b[1][i];
    return sum + (double)(sizeof b / sizeof(row));
}
