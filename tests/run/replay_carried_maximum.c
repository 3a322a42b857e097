// A step fills a work array, and a maximum goes along: both are made again for its reverse.
// test: grad f(n = 4, K = 2, a[2] ~ 0.25 -0.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(a)
double f(int n, int K, const double *a)
{
    double total = 1.0;
    for (int i = 0; i < n; i++) {
        double term[2], top = -1e300;
        for (int k = 0; k < K; k++) {
            const double z = (total - a[k]) * exp(-a[k]);
            term[k] = a[k] - 0.5 * z * z;
            top = fmax(top, term[k]);
        }
        double sum = 0;
        for (int k = 0; k < K; k++)
            sum += exp(term[k] - top);
        total += top + log(sum) * sin(total);
    }
    return total;
}
