/* Minus the logarithm of a Gaussian density, but for its constant: a Cholesky factor of the covariance (its lower
 * triangle is read), one triangular solve, and the determinant. */
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(a, b)
double cholesky_likelihood(int n, const double a[n][n], const double b[n])
{
    double l[n][n], z[n];
    double value = 0.0;

    for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
            double sum = a[i][j];
            for (int k = 0; k < j; k++)
                sum -= l[i][k] * l[j][k];
            l[i][j] = sum / l[j][j];
        }
        double sum = a[i][i];
        for (int k = 0; k < i; k++)
            sum -= l[i][k] * l[i][k];
        l[i][i] = sqrt(sum);
    }
    for (int i = 0; i < n; i++) {
        double sum = b[i];
        for (int k = 0; k < i; k++)
            sum -= l[i][k] * z[k];
        z[i] = sum / l[i][i];
        value += 0.5 * z[i] * z[i] + log(l[i][i]);
    }
    return value;
}
