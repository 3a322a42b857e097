/*
 * The adjoint of attention_forward by hand. The seeds are known, so each row of the attention matrix goes forward and
 * back at once and only that row is kept. With p the row's shares, D = out_bar . out stands for the sum over p_bar p
 * that softmax's adjoint needs, so that one loop over the keys does all of it: p_bar = out_bar . value    s_bar = p
 * (p_bar - D)    value_bar += p out_bar    query_bar += s_bar key    key_bar += s_bar query
 */
#include <math.h>

void attention_forward_by_hand(float *out, const float *inp, int B, int T, int C, int NH, float *out_bar,
                               float *inp_bar);

enum { LANES = 16 };

/* Summed in lanes, so that it needs no licence to reorder in order to become vector operations. */
static inline float dot(int n, const float *restrict a, const float *restrict b)
{
    float part[LANES] = {0.0f}, sum = 0.0f;
    int i = 0;
    for (; i + LANES <= n; i += LANES)
        for (int l = 0; l < LANES; l++)
            part[l] += a[i + l] * b[i + l];
    for (; i < n; i++)
        sum += a[i] * b[i];
    for (int l = 0; l < LANES; l++)
        sum += part[l];
    return sum;
}

/* One query and one key, whose share and its seed are known. */
static inline void pull(int n, float share, float s_bar, const float *restrict o_bar, const float *restrict query,
                        const float *restrict key, float *restrict query_bar, float *restrict key_bar,
                        float *restrict value_bar)
{
    for (int i = 0; i < n; i++) {
        value_bar[i] += share * o_bar[i];
        query_bar[i] += s_bar * key[i];
        key_bar[i] += s_bar * query[i];
    }
}

void attention_forward_by_hand(float *out, const float *inp, int B, int T, int C, int NH, float *out_bar,
                               float *inp_bar)
{
    const int C3 = C * 3, hs = C / NH;
    const float scale = 1.0f / sqrtf((float)hs);
    float att[T];

    for (int b = 0; b < B; b++)
        for (int t = 0; t < T; t++)
            for (int h = 0; h < NH; h++) {
                const int head = b * T * C3 + h * hs;
                const float *const restrict query = inp + head + t * C3;
                float *const restrict query_bar = inp_bar + head + t * C3;
                float *const restrict o = out + (b * T + t) * C + h * hs;
                float *const restrict o_bar = out_bar + (b * T + t) * C + h * hs;
                float largest = -10000.0f, sum = 0.0f;
                for (int t2 = 0; t2 <= t; t2++) {
                    const float *const restrict key = inp + head + t2 * C3 + C;
                    float val = 0.0f;
                    for (int i = 0; i < hs; i++)
                        val += query[i] * key[i];
                    att[t2] = val *= scale;
                    largest = val > largest ? val : largest;
                }
                for (int t2 = 0; t2 <= t; t2++)
                    sum += att[t2] = expf(att[t2] - largest);
                const float by_sum = 1.0f / sum;
                for (int i = 0; i < hs; i++)
                    o[i] = 0.0f;
                for (int t2 = 0; t2 <= t; t2++) {
                    const float *const restrict value = inp + head + t2 * C3 + 2 * C;
                    const float share = att[t2] *= by_sum;
                    for (int i = 0; i < hs; i++)
                        o[i] += share * value[i];
                }
                const float mean = dot(hs, o_bar, o);
                for (int t2 = 0; t2 <= t; t2++) {
                    const int key = head + t2 * C3 + C, value = key + C;
                    const float share = att[t2], s_bar = share * (dot(hs, o_bar, inp + value) - mean) * scale;
                    pull(hs, share, s_bar, o_bar, query, inp + key, query_bar, inp_bar + key, inp_bar + value);
                }
                for (int i = 0; i < hs; i++)
                    o_bar[i] = 0.0f;
            }
}
