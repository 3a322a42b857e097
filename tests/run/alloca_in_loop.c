// Work arrays by alloca that are for one iteration each: of reals, of pointers, and where a backward goto comes again.
// test: grad f(n = 5, x[5] ~ -1..1)
// test: grad f(n = 0, x[1] ~ -1..1)

#include <adgen.h>
#include <alloca.h>
#include <stddef.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double s = 0;
    for (int k = 1; k < n; k++) {
        double *w = (double *)alloca((size_t)k * sizeof *w);
        const double **rows = (const double **)alloca((size_t)k * sizeof *rows);
        for (int i = 0; i < k; i++) {
            w[i] = x[i] * x[i] + s;
            rows[i] = i % 2 ? x : x + 1;
        }
        for (int i = 0; i < k; i++)
            s += 0.25 * rows[i][i] * w[k - 1 - i];
    }
again:;
    double *v = (double *)alloca(2 * sizeof *v);
    v[0] = s * 0.5;
    v[1] = v[0] * x[0];
    s = v[0] - v[1];
    if (n-- > 0)
        goto again;
    return s;
}
