// Elements that the loop around leaves alone, and some that it doesn't.
// test: grad f(n = 3, x[4][3] ~ -1..1, w[3] ~ 0.5..1)
// test: grad f(n = 0, x[4][3] ~ -1..1, w[3] ~ 0.5..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, w)
double f(int n, double x[4][3], double *w)
{
    double e = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++) {
            double r = 0.1;
            for (int k = 0; k < 3; k++)
                r += w[k] * (x[i][k] - x[j + 1][k]) * (x[i][k] - x[j + 1][k]);
            for (int k = 0; k < 2; k++)
                x[j][k] *= 1.0 + 0.1 * w[k + 1];
            e += sqrt(r);
        }
    return e;
}
