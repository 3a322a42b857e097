// fmax and fmin in loops: which element was the largest, either way round, backwards, in float, of what was stored, with ties.
// test: grad f(n = 5, x[6] ~ 0.3 0.9 -0.4 0.7 0.2 0.1, y[6] ~ -1..1, z[6] ~ -1..1)
// test: grad f(n = 0, x[6] ~ -1..1, y[6] ~ -1..1, z[6] ~ -1..1)
// test: grad f(n = 3, x[6] ~ -5 -6 -7 1 1 1, y[6] ~ -1..1, z[6] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y, z)
double f(int n, const double *x, double *y, const float *z)
{
    double largest = -2.0, smallest = INFINITY, work[6], peak = x[5], total = 0.0;
    float top = 0.0f;
    for (int i = 0; i < n; i++)
        largest = fmax(largest, x[i]);
    for (int i = n; i >= 1; i -= 2)
        smallest = fmin(x[i - 1], smallest);
    for (int i = 0; i <= n; i++)
        top = fmaxf(z[i], top);
    for (int i = 0; i < n; i++) {
        work[i] = sin(y[i]) * x[0];
        peak = fmax(peak, work[i]);
        if (i == 3)
            break;
    }
    for (int i = 0; i < n; i++) {
        double scaled[6], best = -INFINITY;
        for (int j = 0; j <= i; j++) {
            scaled[j] = y[j] * x[i];
            best = fmax(best, scaled[j]);
        }
        for (int j = 0; j <= i; j++)
            total += exp(scaled[j] - best) * x[j] + best;
        y[i] = total;
    }
    return largest * fmin(smallest, 3.0) + top + peak * total;
}
