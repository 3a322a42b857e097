/* Softmax and cross-entropy of a GPT-2: the loss of each position, from V logits and the token that came. */
#include <adgen.h>
#include <math.h>

ADGEN_VJP(logits)
void crossentropy_forward(float *losses, const float *logits, const int *targets, int B, int T, int V)
{
    for (int b = 0; b < B; b++) {
        for (int t = 0; t < T; t++) {
            const float *logits_bt = logits + (b * T + t) * V;
            float maxval = -10000.0f;
            for (int i = 0; i < V; i++)
                if (logits_bt[i] > maxval)
                    maxval = logits_bt[i];
            float sum = 0.0f;
            for (int i = 0; i < V; i++)
                sum += expf(logits_bt[i] - maxval);
            losses[b * T + t] = logf(sum) + maxval - logits_bt[targets[b * T + t]];
        }
    }
}
