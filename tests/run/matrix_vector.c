// y = A x, flat, and a quadratic form of it.
// test: grad f(n = 2, m = 3, A[6] ~ -1..1, x[3] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(A, x)
double f(int n, int m, const double *A, const double *x)
{
    double s = 0;
    for (int i = 0; i < n; i++) {
        double y = 0;
        for (int j = 0; j < m; j++)
            y += A[i * m + j] * x[j];
        s += y * y;
    }
    return s;
}
