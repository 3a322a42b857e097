// Work arrays by alloca: of reals, integers and pointers, behind an early return, and in a helper that a loop calls.
// test: grad f(n = 6, x[6] ~ -1..1, m = 3)
// test: grad f(n = 1, x[1] ~ -1..1, m = 0)
// test: grad f(n = 0, x[1] ~ -1..1, m = 0)

#include <adgen.h>
#include <alloca.h>
#include <math.h>

static double norm(int n, const double *x)
{
    double *square = (double *)alloca((size_t)n * sizeof(double)), sum = 0.0;
    for (int i = 0; i < n; i++)
        square[i] = x[i] * x[i] + 1.0;
    for (int i = 0; i < n; i++)
        sum += square[i] * square[n - 1 - i];
    return sqrt(sum);
}

ADGEN_GRAD(x)
double f(int n, const double *x, int m)
{
    if (n <= 0)
        return 0.0;
    double *w = (double *)alloca((size_t)n * sizeof *w);
    int *order;
    order = (int *)alloca(sizeof(int) * 8);
    double **rows = (double **)alloca((size_t)m * sizeof *rows);
    for (int i = 0; i < 8; i++)
        order[i] = i * 3 % 8;
    for (int i = 0; i < m; i++)
        rows[i] = w + i;
    for (int i = 0; i < n; i++)
        w[i] = x[i] * order[i % 8];
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += norm(n - i, w + i) * exp(w[i]);
    for (int i = 0; i < m; i++)
        sum *= rows[i][0] + 3.0;
    return sum;
}
