/* The adjoint of gelu_forward by hand: one tanh for the value and its derivative, x' = (1 + t) / 2 + x (1 - t t) u'
 * / 2. */
#include <math.h>

void gelu_forward_by_hand(float *out, const float *inp, int N, float *out_bar, float *inp_bar);

void gelu_forward_by_hand(float *out, const float *inp, int N, float *out_bar, float *inp_bar)
{
    const float scale = 0.79788456080286535588f, a = 0.044715f;
    for (int i = 0; i < N; i++) {
        const float x = inp[i], square = x * x, half = 0.5f * x;
        const float t = tanhf(scale * (x + a * square * x));
        out[i] = half * (1.0f + t);
        inp_bar[i] += out_bar[i] * (0.5f * (1.0f + t) + half * (1.0f - t * t) * scale * (1.0f + 3.0f * a * square));
        out_bar[i] = 0.0f;
    }
}
