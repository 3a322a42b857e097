// Work arrays by alloca in branches: declared there, for a variable of all, behind a choice, and in a helper.
// test: grad f(n = 5, x[5] ~ -1..1)
// test: grad f(n = 3, x[3] ~ -1..1)
// test: grad f(n = 1, x[1] ~ -1..1)

#include <adgen.h>
#include <alloca.h>
#include <stdlib.h>

static double norm(int n, const double *x)
{
    double sum = 0;
    if (n > 1) {
        double *square = (double *)alloca((size_t)n * sizeof *square);
        for (int i = 0; i < n; i++)
            square[i] = x[i] * x[i];
        for (int i = 0; i < n; i++)
            sum += square[i] * square[n - 1 - i];
    }
    return sum;
}

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double *w;
    if (n > 4)
        w = (double *)malloc((size_t)n * sizeof *w);
    else
        w = (double *)alloca((size_t)n * sizeof *w);
    for (int i = 0; i < n; i++)
        w[i] = x[i] * x[n - 1 - i] + 0.5;
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum = sum * x[i] + w[i] * norm(n - i, w + i);
    if (n > 4)
        free(w);
    return sum;
}
