/* What training leaves to look at. */
#ifndef PICTURE_H
#define PICTURE_H

#include "model.h"

#include <stdbool.h>
#include <stddef.h>

/* One line of the record: after so many epochs (a fraction of one, too), the loss of the batches since the last line.
 */
struct moment {
    double epoch, training_loss;
};

/* At the end of an epoch, on the digits held back. */
struct result {
    double loss, accuracy;
};

struct record {
    struct moment *moments;
    size_t moment_count;
    struct result *results; /* the first is before training */
    size_t result_count;
};

/*
 * Writes a PNG of the loss, the accuracy and the weights into each hidden unit, by gnuplot; false, and says why on
 * standard error, if that isn't there or fails.
 */
bool picture_write(const char *path, const char *title, const struct net *net, const struct record *record);

#endif
