/* Conjugate gradients on a sparse symmetric matrix in compressed rows, a fixed number of iterations from 0; half the
 * squared length of the solution. */
#include <adgen.h>

static void multiply(int n, const int *row, const int *column, const double *value, const double *x, double *y)
{
    for (int i = 0; i < n; i++) {
        double sum = 0.0;
        for (int e = row[i]; e < row[i + 1]; e++)
            sum += value[e] * x[column[e]];
        y[i] = sum;
    }
}

static double dot(int n, const double *a, const double *b)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

ADGEN_GRAD(value, b)
double conjugate_gradients(int n, int iterations, const int *row, const int *column, const double *value,
                           const double *b)
{
    double x[n], r[n], p[n], q[n];

    for (int i = 0; i < n; i++) {
        x[i] = 0.0;
        r[i] = b[i];
        p[i] = b[i];
    }
    double rr = dot(n, r, r);
    for (int k = 0; k < iterations; k++) {
        multiply(n, row, column, value, p, q);
        double alpha = rr / dot(n, p, q);
        for (int i = 0; i < n; i++) {
            x[i] += alpha * p[i];
            r[i] -= alpha * q[i];
        }
        double rr_next = dot(n, r, r);
        double beta = rr_next / rr;
        for (int i = 0; i < n; i++)
            p[i] = r[i] + beta * p[i];
        rr = rr_next;
    }
    return 0.5 * dot(n, x, x);
}
