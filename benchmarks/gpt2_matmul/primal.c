/* A linear layer of a GPT-2: out = inp weight' + bias, over B*T positions, C channels in and OC out. */
#include <adgen.h>
#include <stddef.h>

ADGEN_VJP(inp, weight, bias)
void matmul_forward(float *out, const float *inp, const float *weight, const float *bias, int B, int T, int C, int OC)
{
    for (int b = 0; b < B; b++) {
        for (int t = 0; t < T; t++) {
            float *out_bt = out + (b * T + t) * OC;
            const float *inp_bt = inp + (b * T + t) * C;
            for (int o = 0; o < OC; o++) {
                float val = (bias != NULL) ? bias[o] : 0.0f;
                const float *wrow = weight + o * C;
                for (int i = 0; i < C; i++)
                    val += inp_bt[i] * wrow[i];
                out_bt[o] = val;
            }
        }
    }
}
