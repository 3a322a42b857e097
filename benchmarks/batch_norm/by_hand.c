/*
 * The adjoint of batch_norm by hand, channel by channel. beta_bar and gamma_bar are also the two means that the adjoint
 * of the input needs, and are gathered while the output is written; nothing is stored.
 */
#include <math.h>

void batch_norm_by_hand(int n, int channels, int pixels, const float x[n][channels][pixels], const float *gamma,
                        const float *beta, float y[n][channels][pixels], float x_bar[n][channels][pixels],
                        float *gamma_bar, float *beta_bar, float y_bar[n][channels][pixels]);

void batch_norm_by_hand(int n, int channels, int pixels, const float x[n][channels][pixels], const float *gamma,
                        const float *beta, float y[n][channels][pixels], float x_bar[n][channels][pixels],
                        float *gamma_bar, float *beta_bar, float y_bar[n][channels][pixels])
{
    const float count = (float)(n * pixels);
    for (int c = 0; c < channels; c++) {
        float mean = 0.0f, variance = 0.0f;
        for (int i = 0; i < n; i++)
            for (int p = 0; p < pixels; p++)
                mean += x[i][c][p];
        mean /= count;
        for (int i = 0; i < n; i++)
            for (int p = 0; p < pixels; p++)
                variance += (x[i][c][p] - mean) * (x[i][c][p] - mean);
        variance /= count;
        const float by_deviation = 1.0f / sqrtf(variance + 1e-5f), scale = gamma[c], offset = beta[c];
        float sum = 0.0f, sum_shape = 0.0f;
        for (int i = 0; i < n; i++) {
            const float *const restrict in = x[i][c], *const restrict seed = y_bar[i][c];
            float *const restrict out = y[i][c];
            for (int p = 0; p < pixels; p++) {
                const float d = in[p] - mean;
                out[p] = scale * d * by_deviation + offset;
                sum += seed[p];
                sum_shape += seed[p] * d;
            }
        }
        sum_shape *= by_deviation;
        gamma_bar[c] += sum_shape;
        beta_bar[c] += sum;
        const float factor = scale * by_deviation, mean_seed = sum / count, slope = sum_shape / count * by_deviation;
        for (int i = 0; i < n; i++) {
            const float *const restrict in = x[i][c];
            float *const restrict seed = y_bar[i][c], *const restrict in_bar = x_bar[i][c];
            for (int p = 0; p < pixels; p++) {
                in_bar[p] += factor * (seed[p] - mean_seed - (in[p] - mean) * slope);
                seed[p] = 0.0f;
            }
        }
    }
}
