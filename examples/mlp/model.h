#ifndef MODEL_H
#define MODEL_H

#include <adgen.h>
#include <stddef.h>

enum { SIDE = 28, INPUTS = SIDE * SIDE, HIDDEN = 128, CLASSES = 10 };

/* A picture, from 0 (paper) to 1 (ink), and the digit that it shows. */
struct digit {
    float pixel[INPUTS];
    int label;
};

/* The parameters. The weights that one input goes to stand side by side, so that loops over units vectorise. */
struct net {
    float w1[INPUTS][HIDDEN], b1[HIDDEN];
    float w2[HIDDEN][CLASSES], b2[CLASSES];
};

/* The score of each class. */
void scores(const struct net *net, const float pixel[INPUTS], float score[CLASSES]);

/* Cross-entropy of the softmax of the scores: the mean over the n digits whose numbers in `data` are in `pick`. */
ADGEN_GRAD(net)
float loss(const struct net *net, size_t n, const size_t *pick, const struct digit *data);

#endif
