// A factorisation in place keeps nothing.

#include <adgen.h>
#include <math.h>

/* Cholesky: the lower triangle of k becomes its factor. Its logarithmic determinant. */
ADGEN_GRAD(k)
double logdet(int n, double *k)
{
    double sum = 0.0;
    for (int j = 0; j < n; j++) {
        for (int i = j; i < n; i++) {
            double s = k[i * n + j];
            for (int p = 0; p < j; p++)
                s -= k[i * n + p] * k[j * n + p];
            k[i * n + j] = i == j ? sqrt(s) : s / k[j * n + j];
        }
        sum += 2.0 * log(k[j * n + j]);
    }
    return sum;
}
