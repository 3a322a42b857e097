// Storage from the caller for floats, doubles and pointers, one behind the other.
// test: grad f(n = 3, x[3] ~ -0.8..0.9, w[4] ~ -0.8..0.9, steps = 4)
// test: grad f(n = 0, x[1] ~ 0.5, w[4] ~ -0.8..0.9, steps = 4)
// test: grad f(n = 2, x[2] ~ -0.8..0.9, w[1] ~ 0.5, steps = 0)
// adgen: --workspace
// tol: 1e-5

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, w)
double f(int n, const float *x, const double *w, int steps)
{
    float s = 0.25f;
    for (int i = 0; i < n; i++)
        s = sinf(s * x[i]);
    double h = 1;
    for (int i = 0; i < steps; i++)
        h = sin(h * w[i]);
    const double *p = w;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
        sum = tanh(sum * *p);
        p = i % 2 ? w : p + 1;
    }
    return h + (double)s * h + sum;
}
