// test: grad forward(n = 4, steps = 5, first[4] ~ 0.2..1, a[16] ~ 0.2..1)
// test: grad forward(n = 4, steps = 0, first[4] ~ 0.2..1, a[16] ~ 0.2..1)
// The state is set in the first step: no state is kept from before.
#include <adgen.h>

ADGEN_GRAD(first, a)
double forward(int n, int steps, const double *first, const double *a)
{
    double state[n], sum = 0.0;
    for (int t = 0; t < steps; t++) {
        double next[n];
        for (int j = 0; j < n; j++) {
            next[j] = t == 0 ? first[j] : 0.0;
            for (int i = 0; t > 0 && i < n; i++)
                next[j] += state[i] * a[n * i + j];
        }
        double total = 0.0;
        for (int j = 0; j < n; j++)
            total += next[j] * next[j];
        for (int j = 0; j < n; j++)
            state[j] = next[j] / total;
        sum += total;
    }
    return sum;
}
