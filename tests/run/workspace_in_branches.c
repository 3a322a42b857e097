// Storage from the caller where both sides of a branch keep values; sizes are read from memory.
// test: vjp f(n[2] = 5 3, x[5] ~ -0.8..0.9, y[2] ~ 0.5 1, deep = 1)
// test: vjp f(n[2] = 4 5, x[5] ~ -0.8..0.9, y[2] ~ 0.5 1, deep = 0)
// adgen: --workspace

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x, y)
double f(const int *n, const double *x, double y[2], int deep)
{
    const int rows = n[0], columns = n[1];
    double h = 0.5;
    if (deep) {
        for (int i = 0; i < rows; i++)
            h = tanh(h * x[i] + 0.5);
        y[0] *= h;
    } else {
        for (int i = 0; i < columns; i++)
            h = cos(h * x[i]);
        y[1] += h;
    }
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < 2; j++)
            h = sin(h + x[i] * y[j]);
    return h;
}
