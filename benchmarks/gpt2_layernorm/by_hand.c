/*
 * The adjoint of layernorm_forward by hand: row by row, forward and back at once. With n the normalised row and
 * g = out_bar weight:  inp_bar += s (g - mean(g) - n mean(g n)). The two means are gathered while the output is
 * written.
 */
#include <math.h>

void layernorm_forward_by_hand(float *out, const float *inp, const float *weight, const float *bias, int B, int T,
                               int C, float *out_bar, float *inp_bar, float *weight_bar, float *bias_bar);

enum { LANES = 16 };

static inline float sum_of(const float part[LANES])
{
    float sum = 0.0f;
    for (int l = 0; l < LANES; l++)
        sum += part[l];
    return sum;
}

/* The output, and weight_bar and bias_bar; the sums of g and of g n, in lanes. */
static void normalise(int n, float m, float s, const float *restrict x, const float *restrict w,
                      const float *restrict b, const float *restrict seed, float *restrict out, float *restrict w_bar,
                      float *restrict b_bar, float *sum_g, float *sum_gn)
{
    float part_g[LANES] = {0.0f}, part_gn[LANES] = {0.0f};
    int i = 0;
    for (int k = 0; k < n; k++) {
        const float shape = s * (x[k] - m);
        out[k] = shape * w[k] + b[k];
        w_bar[k] += seed[k] * shape;
        b_bar[k] += seed[k];
    }
    for (; i + LANES <= n; i += LANES)
        for (int l = 0; l < LANES; l++) {
            const float g = seed[i + l] * w[i + l];
            part_g[l] += g;
            part_gn[l] += g * (x[i + l] - m);
        }
    for (int l = 0; i < n; i++, l++) {
        part_g[l] += seed[i] * w[i];
        part_gn[l] += seed[i] * w[i] * (x[i] - m);
    }
    *sum_g = sum_of(part_g);
    *sum_gn = sum_of(part_gn) * s;
}

static void pull(int n, float m, float s, float mean_g, float mean_gn, const float *restrict x, const float *restrict w,
                 float *restrict seed, float *restrict x_bar)
{
    for (int i = 0; i < n; i++) {
        x_bar[i] += s * (seed[i] * w[i] - mean_g - s * (x[i] - m) * mean_gn);
        seed[i] = 0.0f;
    }
}

void layernorm_forward_by_hand(float *out, const float *inp, const float *weight, const float *bias, int B, int T,
                               int C, float *out_bar, float *inp_bar, float *weight_bar, float *bias_bar)
{
    const float eps = 1e-5f;
    for (int p = 0; p < B * T; p++) {
        const float *const x = inp + p * C;
        float m = 0.0f, v = 0.0f;
        for (int i = 0; i < C; i++)
            m += x[i];
        m = m / (float)C;
        for (int i = 0; i < C; i++)
            v += (x[i] - m) * (x[i] - m);
        v = v / (float)C;
        const float s = 1.0f / sqrtf(v + eps);
        float sum_g, sum_gn;
        normalise(C, m, s, x, weight, bias, out_bar + p * C, out + p * C, weight_bar, bias_bar, &sum_g, &sum_gn);
        pull(C, m, s, sum_g / (float)C, sum_gn / (float)C, x, weight, out_bar + p * C, inp_bar + p * C);
    }
}
