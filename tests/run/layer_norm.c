// Layer normalisation of rows, with gain and shift.
// test: vjp f(n = 2, d = 3, x[6] ~ -2..2, gain[3] ~ 1 0.5 2, shift[3] ~ 0 1 -1, out[6] > 0..1)
// tol: 1e-10

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x, gain, shift)
void f(int n, int d, const double *x, const double *gain, const double *shift, double *out)
{
    for (int i = 0; i < n; i++) {
        const double *row = x + i * d;
        double mean = 0, variance = 0;
        for (int j = 0; j < d; j++)
            mean += row[j];
        mean /= d;
        for (int j = 0; j < d; j++)
            variance += (row[j] - mean) * (row[j] - mean);
        const double scale = 1 / sqrt(variance / d + 1e-5);
        for (int j = 0; j < d; j++)
            out[i * d + j] = (row[j] - mean) * scale * gain[j] + shift[j];
    }
}
