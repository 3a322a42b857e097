/* Batch normalisation of images, as in training: each channel by its mean and variance over the batch. */
#include <adgen.h>
#include <math.h>

ADGEN_VJP(x, gamma, beta)
void batch_norm(int n, int channels, int pixels, const float x[n][channels][pixels], const float *gamma,
                const float *beta, float y[n][channels][pixels])
{
    for (int c = 0; c < channels; c++) {
        float mean = 0.0f, variance = 0.0f;
        for (int i = 0; i < n; i++)
            for (int p = 0; p < pixels; p++)
                mean += x[i][c][p];
        mean /= (float)(n * pixels);
        for (int i = 0; i < n; i++)
            for (int p = 0; p < pixels; p++) {
                float d = x[i][c][p] - mean;
                variance += d * d;
            }
        variance /= (float)(n * pixels);
        float scale = 1.0f / sqrtf(variance + 1e-5f);
        for (int i = 0; i < n; i++)
            for (int p = 0; p < pixels; p++)
                y[i][c][p] = gamma[c] * (x[i][c][p] - mean) * scale + beta[c];
    }
}
