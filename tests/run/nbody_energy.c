// The potential of a few bodies: loops over pairs.
// test: grad f(n = 3, x[9] ~ -2..2, m[3] ~ 1 2 0.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, m)
double f(int n, const double *x, const double *m)
{
    double e = 0;
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++) {
            double r2 = 0.1;
            for (int k = 0; k < 3; k++) {
                const double d = x[3 * i + k] - x[3 * j + k];
                r2 += d * d;
            }
            e -= m[i] * m[j] / sqrt(r2);
        }
    return e;
}
