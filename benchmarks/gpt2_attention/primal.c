/* Causal attention of a GPT-2 with NH heads: inp holds query, key and value of each position, C channels each. */
#include <adgen.h>
#include <math.h>

ADGEN_VJP(inp)
void attention_forward(float *out, const float *inp, int B, int T, int C, int NH)
{
    int C3 = C * 3;
    int hs = C / NH;
    float scale = 1.0f / sqrtf((float)hs);
    float att[T];

    for (int b = 0; b < B; b++) {
        for (int t = 0; t < T; t++) {
            for (int h = 0; h < NH; h++) {
                const float *query = inp + b * T * C3 + t * C3 + h * hs;
                float maxval = -10000.0f;
                for (int t2 = 0; t2 <= t; t2++) {
                    const float *key = inp + b * T * C3 + t2 * C3 + h * hs + C;
                    float val = 0.0f;
                    for (int i = 0; i < hs; i++)
                        val += query[i] * key[i];
                    val *= scale;
                    if (val > maxval)
                        maxval = val;
                    att[t2] = val;
                }
                float sum = 0.0f;
                for (int t2 = 0; t2 <= t; t2++) {
                    att[t2] = expf(att[t2] - maxval);
                    sum += att[t2];
                }
                float *out_bth = out + b * T * C + t * C + h * hs;
                for (int i = 0; i < hs; i++)
                    out_bth[i] = 0.0f;
                for (int t2 = 0; t2 <= t; t2++) {
                    const float *value = inp + b * T * C3 + t2 * C3 + h * hs + C * 2;
                    float share = att[t2] / sum;
                    for (int i = 0; i < hs; i++)
                        out_bth[i] += share * value[i];
                }
            }
        }
    }
}
