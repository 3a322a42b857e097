/* A convolution with a square kernel of odd size, zero padding and stride 1, over a batch of images. */
#include <adgen.h>

ADGEN_VJP(in, weight, bias)
void conv2d(int batch, int in_channels, int out_channels, int size, int kernel,
            const float in[batch][in_channels][size][size],
            const float weight[out_channels][in_channels][kernel][kernel], const float bias[out_channels],
            float out[batch][out_channels][size][size])
{
    int half = kernel / 2;
    for (int n = 0; n < batch; n++)
        for (int o = 0; o < out_channels; o++) {
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++)
                    out[n][o][y][x] = bias[o];
            for (int c = 0; c < in_channels; c++)
                for (int dy = 0; dy < kernel; dy++)
                    for (int dx = 0; dx < kernel; dx++) {
                        int y0 = dy < half ? half - dy : 0, y1 = dy > half ? size - (dy - half) : size;
                        int x0 = dx < half ? half - dx : 0, x1 = dx > half ? size - (dx - half) : size;
                        for (int y = y0; y < y1; y++)
                            for (int x = x0; x < x1; x++)
                                out[n][o][y][x] += weight[o][c][dy][dx] * in[n][c][y + dy - half][x + dx - half];
                    }
        }
}
