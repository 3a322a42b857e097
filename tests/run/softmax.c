// A softmax with its maximum taken out, and the cross-entropy of it.
// test: grad f(n = 4, z[4] ~ -2..2, label = 2)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(z)
double f(int n, const double *z, int label)
{
    double p[4], top = z[0], sum = 0;
    for (int i = 1; i < n; i++)
        if (z[i] > top)
            top = z[i];
    for (int i = 0; i < n; i++) {
        p[i] = exp(z[i] - top);
        sum += p[i];
    }
    for (int i = 0; i < n; i++)
        p[i] /= sum;
    return -log(p[label]);
}
