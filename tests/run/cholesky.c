// A Cholesky factorisation in place; log-determinant.
// test: grad f(n = 3, A[9] ~ 4 1 0.5 1 5 -1 0.5 -1 6)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(A)
double f(int n, const double *A)
{
    double L[9], logdet = 0;
    for (int i = 0; i < n * n; i++)
        L[i] = A[i];
    for (int j = 0; j < n; j++) {
        for (int k = 0; k < j; k++)
            L[j * n + j] -= L[j * n + k] * L[j * n + k];
        L[j * n + j] = sqrt(L[j * n + j]);
        for (int i = j + 1; i < n; i++) {
            for (int k = 0; k < j; k++)
                L[i * n + j] -= L[i * n + k] * L[j * n + k];
            L[i * n + j] /= L[j * n + j];
        }
        logdet += 2 * log(L[j * n + j]);
    }
    return logdet;
}
