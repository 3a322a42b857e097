/* A block of a convolutional network: VGG's pairs of 3 x 3 convolutions, with batch normalisation and a skip
 * connection. */
#include "model.h"

#include <math.h>

/* Each output is a sum over a window of 3 x 3 around its place, in all channels; outside the picture there is nothing.
 */
static void convolve(const struct convolution *layer, const struct maps *x, struct maps *y)
{
    for (int b = 0; b < BATCH; b++)
        for (int to = 0; to < CHANNELS; to++)
            for (int i = 0; i < SIDE; i++)
                for (int j = 0; j < SIDE; j++) {
                    double sum = layer->bias[to];
                    for (int from = 0; from < CHANNELS; from++)
                        for (int u = 0; u < 3; u++)
                            for (int v = 0; v < 3; v++) {
                                const int row = i + u - 1, column = j + v - 1;
                                if (row < 0 || row >= SIDE || column < 0 || column >= SIDE)
                                    continue;
                                sum += layer->kernel[to][from][u][v] * x->at[b][from][row][column];
                            }
                    y->at[b][to][i][j] = sum;
                }
}

/* In place: each channel gets mean `shift` and deviation `gain`, over all pictures of the batch. */
static void normalise(const struct normalisation *layer, struct maps *x)
{
    const int count = BATCH * SIDE * SIDE;

    for (int c = 0; c < CHANNELS; c++) {
        double mean = 0.0, variance = 0.0;
        for (int b = 0; b < BATCH; b++)
            for (int i = 0; i < SIDE; i++)
                for (int j = 0; j < SIDE; j++)
                    mean += x->at[b][c][i][j];
        mean /= count;
        for (int b = 0; b < BATCH; b++)
            for (int i = 0; i < SIDE; i++)
                for (int j = 0; j < SIDE; j++) {
                    const double d = x->at[b][c][i][j] - mean;
                    variance += d * d;
                }
        variance /= count;
        const double scale = layer->gain[c] / sqrt(variance + 1e-5);
        for (int b = 0; b < BATCH; b++)
            for (int i = 0; i < SIDE; i++)
                for (int j = 0; j < SIDE; j++)
                    x->at[b][c][i][j] = scale * (x->at[b][c][i][j] - mean) + layer->shift[c];
    }
}

static void rectify(struct maps *x)
{
    for (int b = 0; b < BATCH; b++)
        for (int c = 0; c < CHANNELS; c++)
            for (int i = 0; i < SIDE; i++)
                for (int j = 0; j < SIDE; j++)
                    x->at[b][c][i][j] = x->at[b][c][i][j] > 0.0 ? x->at[b][c][i][j] : 0.0;
}

static void add(struct maps *x, const struct maps *skipped)
{
    for (int b = 0; b < BATCH; b++)
        for (int c = 0; c < CHANNELS; c++)
            for (int i = 0; i < SIDE; i++)
                for (int j = 0; j < SIDE; j++)
                    x->at[b][c][i][j] += skipped->at[b][c][i][j];
}

/* The largest of each 2 x 2 window. */
static void pool(const struct maps *x, struct half_maps *y)
{
    for (int b = 0; b < BATCH; b++)
        for (int c = 0; c < CHANNELS; c++)
            for (int i = 0; i < HALF; i++)
                for (int j = 0; j < HALF; j++) {
                    double largest = x->at[b][c][2 * i][2 * j];
                    for (int u = 0; u < 2; u++)
                        for (int v = 0; v < 2; v++)
                            if (x->at[b][c][2 * i + u][2 * j + v] > largest)
                                largest = x->at[b][c][2 * i + u][2 * j + v];
                    y->at[b][c][i][j] = largest;
                }
}

void block_forward(const struct block *block, const struct maps *x, struct half_maps *out)
{
    struct maps a, z;

    convolve(&block->first, x, &a);
    normalise(&block->first_norm, &a);
    rectify(&a);
    convolve(&block->second, &a, &z);
    normalise(&block->second_norm, &z);
    add(&z, x);
    rectify(&z);
    pool(&z, out);
}

double loss(const struct block *block, const struct maps *x, const struct half_maps *target)
{
    struct half_maps out;
    double sum = 0.0;

    block_forward(block, x, &out);
    for (int b = 0; b < BATCH; b++)
        for (int c = 0; c < CHANNELS; c++)
            for (int i = 0; i < HALF; i++)
                for (int j = 0; j < HALF; j++) {
                    const double d = out.at[b][c][i][j] - target->at[b][c][i][j];
                    sum += d * d;
                }
    return sum / (BATCH * CHANNELS * HALF * HALF);
}
