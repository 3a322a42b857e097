/* The adjoint of crossentropy_forward by hand: position by position; the exponentials of one row are kept, since one
 * costs more than reading it back from the cache. */
#include <math.h>
#include <stdlib.h>

void crossentropy_forward_by_hand(float *losses, const float *logits, const int *targets, int B, int T, int V,
                                  float *losses_bar, float *logits_bar);

void crossentropy_forward_by_hand(float *losses, const float *logits, const int *targets, int B, int T, int V,
                                  float *losses_bar, float *logits_bar)
{
    float *const restrict power = malloc((size_t)V * sizeof *power);
    if (!power)
        abort();
    for (int p = 0; p < B * T; p++) {
        const float *const restrict z = logits + p * V;
        float *const restrict z_bar = logits_bar + p * V;
        float largest = -10000.0f, sum = 0.0f;
        for (int i = 0; i < V; i++)
            if (z[i] > largest)
                largest = z[i];
        for (int i = 0; i < V; i++)
            sum += power[i] = expf(z[i] - largest);
        losses[p] = logf(sum) + largest - z[targets[p]];
        const float seed = losses_bar[p], scale = seed / sum;
        for (int i = 0; i < V; i++)
            z_bar[i] += power[i] * scale;
        z_bar[targets[p]] -= seed;
        losses_bar[p] = 0.0f;
    }
    free(power);
}
