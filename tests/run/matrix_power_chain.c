// A vector is multiplied by a matrix again and again, with two buffers.
// test: grad f(steps = 3, A[4] ~ -1..1, x[2] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(A, x)
double f(int steps, const double *A, const double *x)
{
    double v[2] = {x[0], x[1]}, w[2];
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < 2; i++)
            w[i] = A[2 * i] * v[0] + A[2 * i + 1] * v[1];
        for (int i = 0; i < 2; i++)
            v[i] = w[i];
    }
    return v[0] * v[1];
}
