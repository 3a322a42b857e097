// Rows cut into heads of n / h elements, with some left over: iterations that write places of their own.
// test: grad f(rows = 2, n = 7, h = 3, x[14] ~ -1..1, y[14] ~ -1..1)
// test: grad f(rows = 2, n = 6, h = 3, x[14] ~ -1..1, y[14] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(int rows, int n, int h, const double *x, double *y)
{
    const int size = n / h;
    double s = 0.0;
    for (int r = 0; r < rows; r++)
        for (int k = 0; k < h; k++) {
            double *out = y + r * n + k * size;
            for (int i = 0; i < size; i++)
                out[i] = 0.0;
            for (int j = 0; j < size; j++)
                for (int i = 0; i < size; i++)
                    out[i] += sin(x[r * n + k * size + i] * x[r * n + j]);
            for (int i = 0; i < size; i++)
                s += out[i] * out[i];
        }
    return s;
}
