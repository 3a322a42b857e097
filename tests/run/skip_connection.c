// Residual layers: the input is added to what the layer makes of it.
// test: vjp f(layers = 2, n = 2, W[8] ~ -1..1, x[2] ~ -1..1, out[2] > 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(W, x)
void f(int layers, int n, const double *W, const double *x, double *out)
{
    for (int i = 0; i < n; i++)
        out[i] = x[i];
    for (int l = 0; l < layers; l++) {
        const double *w = W + l * n * n;
        double branch[2];
        for (int i = 0; i < n; i++) {
            branch[i] = 0;
            for (int j = 0; j < n; j++)
                branch[i] += w[i * n + j] * out[j];
            branch[i] = branch[i] > 0 ? branch[i] : 0;
        }
        for (int i = 0; i < n; i++)
            out[i] += branch[i];
    }
}
