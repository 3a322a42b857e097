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
                        for (int y = y0; y < y1; y++) {
                            const float *const restrict from = in[n][c][y + dy - half];
                            float *const restrict from_bar = in_bar[n][c][y + dy - half];
                            float *const restrict to = out[n][o][y];
                            const float *const restrict to_bar = out_bar[n][o][y];
                            for (int x = x0; x < x1; x++) {
                                to[x] += w * from[x + shift];
                                from_bar[x + shift] += w * to_bar[x];
                            }
                            for (int x = x0; x < x1; x++)
                                w_bar += to_bar[x] * from[x + shift];
                        }
                        weight_bar[o][c][dy][dx] += w_bar;
                    }
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++)
                    out_bar[n][o][y][x] = 0.0f;
        }
}
