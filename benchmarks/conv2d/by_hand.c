/*
 * The adjoint of conv2d by hand. For each weight, the three row operations (value, adjoint of the input, adjoint of the
 * weight) go over the same rows together, while they are in the cache: the seeds are known before the pass begins.
 */
void conv2d_by_hand(int batch, int in_channels, int out_channels, int size, int kernel,
                    const float in[batch][in_channels][size][size],
                    const float weight[out_channels][in_channels][kernel][kernel], const float bias[out_channels],
                    float out[batch][out_channels][size][size], float in_bar[batch][in_channels][size][size],
                    float weight_bar[out_channels][in_channels][kernel][kernel], float bias_bar[out_channels],
                    float out_bar[batch][out_channels][size][size]);

enum { LANES = 16 };

/* One row of one weight: the value and the adjoint of the input; returns the adjoint of the weight, summed in lanes. */
static float row(int n, float w, const float *restrict in, float *restrict in_bar, float *restrict out,
                 const float *restrict out_bar)
{
    float part[LANES] = {0.0f}, sum = 0.0f;
    int x = 0;
    for (int i = 0; i < n; i++) {
        out[i] += w * in[i];
        in_bar[i] += w * out_bar[i];
    }
    for (; x + LANES <= n; x += LANES)
        for (int l = 0; l < LANES; l++)
            part[l] += out_bar[x + l] * in[x + l];
    for (; x < n; x++)
        sum += out_bar[x] * in[x];
    for (int l = 0; l < LANES; l++)
        sum += part[l];
    return sum;
}

void conv2d_by_hand(int batch, int in_channels, int out_channels, int size, int kernel,
                    const float in[batch][in_channels][size][size],
                    const float weight[out_channels][in_channels][kernel][kernel], const float bias[out_channels],
                    float out[batch][out_channels][size][size], float in_bar[batch][in_channels][size][size],
                    float weight_bar[out_channels][in_channels][kernel][kernel], float bias_bar[out_channels],
                    float out_bar[batch][out_channels][size][size])
{
    const int half = kernel / 2;
    for (int n = 0; n < batch; n++)
        for (int o = 0; o < out_channels; o++) {
            float sum = 0.0f;
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++) {
                    out[n][o][y][x] = bias[o];
                    sum += out_bar[n][o][y][x];
                }
            bias_bar[o] += sum;
            for (int c = 0; c < in_channels; c++)
                for (int dy = 0; dy < kernel; dy++)
                    for (int dx = 0; dx < kernel; dx++) {
                        const int y0 = dy < half ? half - dy : 0, y1 = dy > half ? size - (dy - half) : size;
                        const int x0 = dx < half ? half - dx : 0, x1 = dx > half ? size - (dx - half) : size;
                        const int shift = dx - half;
                        const float w = weight[o][c][dy][dx];
                        float w_bar = 0.0f;
                        for (int y = y0; y < y1; y++)
                            w_bar +=
                                row(x1 - x0, w, &in[n][c][y + dy - half][x0 + shift],
                                    &in_bar[n][c][y + dy - half][x0 + shift], &out[n][o][y][x0], &out_bar[n][o][y][x0]);
                        weight_bar[o][c][dy][dx] += w_bar;
                    }
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++)
                    out_bar[n][o][y][x] = 0.0f;
        }
}
