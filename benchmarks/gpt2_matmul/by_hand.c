/*
 * The adjoint of matmul_forward by hand. A few positions at a time, so that a row of the weights and of their adjoint
 * is fetched once for all of them, forward and back: the seeds are known, so there is one pass. The two products of the
 * reverse sweep, inp_bar += d w and weight_bar += d inp, share their loop.
 */
#include <stddef.h>

void matmul_forward_by_hand(float *out, const float *inp, const float *weight, const float *bias, int B, int T, int C,
                            int OC, float *out_bar, float *inp_bar, float *weight_bar, float *bias_bar);

void matmul_forward_by_hand(float *out, const float *inp, const float *weight, const float *bias, int B, int T, int C,
                            int OC, float *out_bar, float *inp_bar, float *weight_bar, float *bias_bar)
{
    enum { TOGETHER = 16 };
    const int positions = B * T;
    for (int first = 0; first < positions; first += TOGETHER) {
        const int end = first + TOGETHER < positions ? first + TOGETHER : positions;
        for (int o = 0; o < OC; o++) {
            const float *const restrict w = weight + o * C;
            float *const restrict w_bar = weight_bar + o * C;
            for (int p = first; p < end; p++) {
                const float *const restrict in = inp + p * C;
                float val = bias != NULL ? bias[o] : 0.0f;
                for (int i = 0; i < C; i++)
                    val += in[i] * w[i];
                out[p * OC + o] = val;
            }
            float sum = 0.0f;
            for (int p = first; p < end; p++) {
                const float *const restrict in = inp + p * C;
                float *const restrict in_bar = inp_bar + p * C;
                const float d = out_bar[p * OC + o];
                out_bar[p * OC + o] = 0.0f;
                sum += d;
                for (int i = 0; i < C; i++) {
                    in_bar[i] += d * w[i];
                    w_bar[i] += d * in[i];
                }
            }
            if (bias != NULL)
                bias_bar[o] += sum;
        }
    }
}
