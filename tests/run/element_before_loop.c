// What an inner loop of the reverse sweep reads of one element is read before the loop: where the loop runs, or the
// element is there whether it runs or not. Rows of no columns have nothing to be read.
// test: grad f(n = 3, m = 4, w[12] ~ -1..1, x[4] ~ -1..1)
// test: grad f(n = 3, m = 0, w[1] ~ -1..1, x[1] ~ -1..1)
// test: vjp g(n = 3, m = 4, w[12] ~ -1..1, x[4] ~ -1..1, y[3] ~ -1..1)
// test: vjp g(n = 3, m = 0, w[1] ~ -1..1, x[1] ~ -1..1, y[3] ~ -1..1)
// test: vjp in_place(n = 4, x[4] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(w, x)
double f(int n, int m, const double *w, const double *x)
{
    double y[8], sum = 0.0;
    for (int i = 0; i < n; i++) {
        y[i] = 0.0;
        for (int j = 0; j < m; j++)
            y[i] += w[i * m + j] * x[j];
    }
    for (int i = 0; i < n; i++)
        sum += sin(y[i]);
    return sum;
}

ADGEN_VJP(w, x)
void g(int n, int m, const double *w, const double *x, double *y)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            y[i] += w[i * m + j] * x[j] * x[j];
}

/* The element changes in the loop. */
ADGEN_VJP(x)
void in_place(int n, double *x)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            x[j] = x[j] * x[i];
}
