/* The adjoint of encoder_forward by hand: value and both scattered sums in one pass. */
void encoder_forward_by_hand(float *out, const int *inp, const float *wte, const float *wpe, int B, int T, int C,
                             float *out_bar, float *wte_bar, float *wpe_bar);

void encoder_forward_by_hand(float *out, const int *inp, const float *wte, const float *wpe, int B, int T, int C,
                             float *out_bar, float *wte_bar, float *wpe_bar)
{
    for (int b = 0; b < B; b++)
        for (int t = 0; t < T; t++) {
            const int p = b * T + t;
            const float *const restrict token = wte + inp[p] * C, *const restrict place = wpe + t * C;
            float *const restrict token_bar = wte_bar + inp[p] * C, *const restrict place_bar = wpe_bar + t * C;
            float *const restrict o = out + p * C, *const restrict o_bar = out_bar + p * C;
            for (int i = 0; i < C; i++) {
                const float seed = o_bar[i];
                o[i] = token[i] + place[i];
                token_bar[i] += seed;
                place_bar[i] += seed;
                o_bar[i] = 0.0f;
            }
        }
}
