// Values that some iterations replace: maxima, minima, of what is read and of what is stored, and none at all.
// test: grad f(n = 5, x[6] ~ 0.3 0.9 -0.4 0.7 0.2 0.1, y[6] ~ -1..1)
// test: grad f(n = 0, x[6] ~ -1..1, y[6] ~ -1..1)
// test: grad f(n = 3, x[6] ~ -5 -6 -7 1 1 1, y[6] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(int n, const double *x, double *y)
{
    double largest = -2.0, first = x[5], smallest = 3.0, last = 0.0, work[6], peak = 0.1;
    for (int i = 0; i < n; i++)
        largest = x[i] > largest ? x[i] : largest;
    for (int i = n; i >= 1; i -= 2)
        if (!(x[i - 1] >= first))
            first = x[i - 1];
    for (int i = 0; i <= n; i++) {
        work[i] = sin(y[i]) * x[0];
        if (work[i] < smallest)
            smallest = work[i];
    }
    for (int i = 0; i < n; i++) {
        if (y[i] > last)
            last = y[i];
        y[i] = y[i + 1] * largest;
    }
    for (int i = 0; i < n; i++) {
        double best = -1.0;
        for (int j = 0; j <= i; j++)
            if (work[j] * x[j] > best)
                best = work[j] * x[j];
        work[i] = best;
        if (work[i] > peak)
            peak = work[i];
    }
    return largest * first + smallest * last + exp(peak - smallest);
}
