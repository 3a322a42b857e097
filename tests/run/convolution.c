// A convolution of one channel with a bias and ReLU.
// test: vjp f(n = 4, x[16] ~ -1..1, w[9] ~ -1..1, b ~ 0.1, out[4] > 0..1)

#include <adgen.h>

ADGEN_VJP(x, w, b)
void f(int n, const double *x, const double *w, double b, double *out)
{
    const int m = n - 2;
    for (int i = 0; i < m; i++)
        for (int j = 0; j < m; j++) {
            double a = b;
            for (int k = 0; k < 3; k++)
                for (int l = 0; l < 3; l++)
                    a += w[k * 3 + l] * x[(i + k) * n + j + l];
            out[i * m + j] = a > 0 ? a : 0;
        }
}
