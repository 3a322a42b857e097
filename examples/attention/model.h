#ifndef MODEL_H
#define MODEL_H

#include <adgen.h>

/* The width of a token, in how many heads, and that of the layer between. */
enum { WIDTH = 8, HEADS = 2, HEAD = WIDTH / HEADS, INNER = 4 * WIDTH };

struct norm {
    double gain[WIDTH], shift[WIDTH];
};

/* Matrices are stored by rows. */
struct block {
    struct norm before_attention, before_layer;
    double query[WIDTH * WIDTH], key[WIDTH * WIDTH], value[WIDTH * WIDTH], mix[WIDTH * WIDTH];
    double up[INNER * WIDTH], up_bias[INNER];
    double down[WIDTH * INNER], down_bias[WIDTH];
};

/*
 * One block of a transformer, on `length` tokens of WIDTH numbers each: y = x + attention(norm(x)), out = y +
 * layer(norm(y)). Attention is causal: a token sees those before it, and itself.
 */
ADGEN_VJP(block, x)
void block_forward(const struct block *block, int length, const double *x, double *out);

/* The mean square of the difference between the block's output and a target. */
ADGEN_GRAD(block, x)
double loss(const struct block *block, int length, const double *x, const double *target);

#endif
