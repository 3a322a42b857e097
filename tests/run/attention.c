// Causal attention of one head.
// test: vjp f(T = 3, d = 2, q[6] ~ -1..1, k[6] ~ -1..1, v[6] ~ -1..1, out[6] > 0..1)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(q, k, v)
void f(int T, int d, const double *q, const double *k, const double *v, double *out)
{
    for (int t = 0; t < T; t++) {
        double score[3], sum = 0;
        for (int s = 0; s <= t; s++) {
            double dot = 0;
            for (int i = 0; i < d; i++)
                dot += q[t * d + i] * k[s * d + i];
            score[s] = exp(dot / sqrt((double)d));
            sum += score[s];
        }
        for (int i = 0; i < d; i++) {
            out[t * d + i] = 0;
            for (int s = 0; s <= t; s++)
                out[t * d + i] += score[s] / sum * v[s * d + i];
        }
    }
}
