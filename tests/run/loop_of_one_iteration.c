// A loop that runs once is its body; its arrays are not kept.
// test: grad f(n = 3, x[3] ~ -1..1)
// test: grad f(n = 0, x[1] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double s = 0.5, w[3] = {0};
    for (int k = 0; k < 1; k++) {
        double v[3];
        for (int i = 0; i < n; i++)
            v[i] = w[i] = x[i] * x[i] + s;
        for (int i = 0; i < n; i++)
            s += w[i] * x[n - 1 - i] + w[0] * v[i];
        for (int i = 4; i > 3; i -= 2)
            s *= s + i;
    }
    return s * s;
}
