/* The adjoint of encoder_forward by hand: value and both scattered sums in one pass. */
void encoder_forward_by_hand(float *out, const int *inp, const float *wte, const float *wpe, int B, int T, int C,
                             float *out_bar, float *wte_bar, float *wpe_bar);

static void embed(int n, const float *restrict token, const float *restrict place, float *restrict out,
                  float *restrict out_bar, float *restrict token_bar, float *restrict place_bar)
{
    for (int i = 0; i < n; i++) {
        const float seed = out_bar[i];
        out[i] = token[i] + place[i];
        token_bar[i] += seed;
        place_bar[i] += seed;
        out_bar[i] = 0.0f;
    }
}

void encoder_forward_by_hand(float *out, const int *inp, const float *wte, const float *wpe, int B, int T, int C,
                             float *out_bar, float *wte_bar, float *wpe_bar)
{
    for (int b = 0; b < B; b++)
        for (int t = 0; t < T; t++) {
            const int p = b * T + t, token = inp[p] * C, place = t * C;
            embed(C, wte + token, wpe + place, out + p * C, out_bar + p * C, wte_bar + token, wpe_bar + place);
        }
}
