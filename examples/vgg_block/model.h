#ifndef MODEL_H
#define MODEL_H

#include <adgen.h>

/* Pictures in a batch, channels, height and width of each. */
enum { BATCH = 4, CHANNELS = 3, SIDE = 6, HALF = SIDE / 2 };

struct maps {
    double at[BATCH][CHANNELS][SIDE][SIDE];
};

struct half_maps {
    double at[BATCH][CHANNELS][HALF][HALF];
};

struct convolution {
    double kernel[CHANNELS][CHANNELS][3][3];
    double bias[CHANNELS];
};

struct normalisation {
    double gain[CHANNELS], shift[CHANNELS];
};

struct block {
    struct convolution first, second;
    struct normalisation first_norm, second_norm;
};

/* out = maxpool(relu(norm(conv(relu(norm(conv(x))))) + x)) */
void block_forward(const struct block *block, const struct maps *x, struct half_maps *out);

/* The mean square of the difference between the block's output and a target. */
ADGEN_GRAD(block, x)
double loss(const struct block *block, const struct maps *x, const struct half_maps *target);

#endif
