// C = A B into an output.
// test: vjp f(n = 2, A[4] ~ -1..1, B[4] ~ -1..1, C[4] > 0..1)

#include <adgen.h>

ADGEN_VJP(A, B)
void f(int n, const double *A, const double *B, double *C)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            C[i * n + j] = 0;
            for (int k = 0; k < n; k++)
                C[i * n + j] += A[i * n + k] * B[k * n + j];
        }
}
