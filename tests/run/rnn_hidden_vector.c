// A recurrent network with a vector of states and two buffers.
// test: grad f(T = 3, H = 2, W[4] ~ -1..1, U[2] ~ -1..1, x[3] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(W, U, x)
double f(int T, int H, const double *W, const double *U, const double *x)
{
    double h[2] = {0, 0}, next[2];
    for (int t = 0; t < T; t++) {
        for (int i = 0; i < H; i++) {
            double a = U[i] * x[t];
            for (int j = 0; j < H; j++)
                a += W[i * H + j] * h[j];
            next[i] = tanh(a);
        }
        for (int i = 0; i < H; i++)
            h[i] = next[i];
    }
    double s = 0;
    for (int i = 0; i < H; i++)
        s += h[i] * h[i];
    return s;
}
