// Offsets of the kind out + b * T * C + t * C.
// test: vjp f(B = 2, T = 2, C = 3, in[12] ~ -1..1, scale[3] ~ 1 2 0.5, out[12] > 0..1)

#include <adgen.h>

ADGEN_VJP(in, scale)
void f(int B, int T, int C, const double *in, const double *scale, double *out)
{
    for (int b = 0; b < B; b++)
        for (int t = 0; t < T; t++) {
            const double *x = in + b * T * C + t * C;
            double *y = out + b * T * C + t * C;
            for (int c = 0; c < C; c++)
                y[c] = x[c] * scale[c] * x[0];
        }
}
