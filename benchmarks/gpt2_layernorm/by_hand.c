/*
 * The adjoint of layernorm_forward by hand: row by row, forward and back at once. With n the normalised row and
 * g = out_bar weight:  inp_bar += s (g - mean(g) - n mean(g n)). The two means are gathered while the output is
 * written.
 */
#include <math.h>

void layernorm_forward_by_hand(float *out, const float *inp, const float *weight, const float *bias, int B, int T,
                               int C, float *out_bar, float *inp_bar, float *weight_bar, float *bias_bar);

void layernorm_forward_by_hand(float *out, const float *inp, const float *weight, const float *bias, int B, int T,
                               int C, float *out_bar, float *inp_bar, float *weight_bar, float *bias_bar)
{
    const float eps = 1e-5f;
    for (int p = 0; p < B * T; p++) {
        const float *const restrict x = inp + p * C, *const restrict w = weight;
        float *const restrict o = out + p * C, *const restrict d = out_bar + p * C,
                              *const restrict x_bar = inp_bar + p * C;
        float *const restrict w_bar = weight_bar, *const restrict b_bar = bias_bar;
        float m = 0.0f, v = 0.0f;
        for (int i = 0; i < C; i++)
            m += x[i];
        m = m / (float)C;
        for (int i = 0; i < C; i++)
            v += (x[i] - m) * (x[i] - m);
        v = v / (float)C;
        const float s = 1.0f / sqrtf(v + eps);
        float mean_g = 0.0f, mean_gn = 0.0f;
        for (int i = 0; i < C; i++) {
            const float n = s * (x[i] - m), g = d[i] * w[i];
            o[i] = n * w[i] + bias[i];
            w_bar[i] += d[i] * n;
            b_bar[i] += d[i];
            mean_g += g;
            mean_gn += g * n;
        }
        mean_g /= (float)C;
        mean_gn /= (float)C;
        for (int i = 0; i < C; i++) {
            x_bar[i] += s * (d[i] * w[i] - mean_g - s * (x[i] - m) * mean_gn);
            d[i] = 0.0f;
        }
    }
}
