// A table of dynamic programming on the heap, one row and one column wider than what it compares: soft minimum over
// paths. Its rows are m + 1 apart; nothing in it is written twice.
// test: grad f(n = 4, m = 3, x[4] ~ -1..1, y[3] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

static double soft_minimum(double a, double b, double c)
{
    double m = fmin(a, fmin(b, c));
    return m - log(exp(m - a) + exp(m - b) + exp(m - c));
}

ADGEN_GRAD(x, y)
double f(int n, int m, const double *x, const double *y)
{
    double *r = malloc((size_t)(n + 1) * (size_t)(m + 1) * sizeof *r);
    for (int i = 0; i <= n; i++)
        for (int j = 0; j <= m; j++)
            r[i * (m + 1) + j] = i || j ? 1e3 : 0;
    for (int i = 1; i <= n; i++)
        for (int j = 1; j <= m; j++) {
            double d = x[i - 1] - y[j - 1];
            r[i * (m + 1) + j] = d * d + soft_minimum(r[(i - 1) * (m + 1) + j], r[i * (m + 1) + j - 1],
                                                      r[(i - 1) * (m + 1) + j - 1]);
        }
    double v = r[n * (m + 1) + m];
    free(r);
    return v;
}
