// Rosenbrock's function in n dimensions.
// test: grad f(n = 4, x[4] ~ -1.2 1 0.5 2)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double s = 0;
    for (int i = 0; i + 1 < n; i++) {
        const double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
        s += 100 * a * a + b * b;
    }
    return s;
}
