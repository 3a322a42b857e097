/*
 * adgen_batches.h: goes through the samples of a data set in mini-batches.
 *
 *     adgen_batches batches;
 *     adgen_batches_init(&batches, samples, 32);
 *     for (int epoch = 0; epoch < 10; epoch++) {
 *         const size_t *batch;
 *         size_t size;
 *         adgen_batches_shuffle(&batches, &random);
 *         while ((size = adgen_batches_next(&batches, &batch)) > 0)
 *             ... samples batch[0] to batch[size - 1] ...
 *     }
 *     adgen_batches_free(&batches);
 *
 * Every sample comes once an epoch. To continue an interrupted run, keep the generator: at the end of an epoch it is
 * the whole state. In the middle of one, keep a copy of the generator as it was before adgen_batches_shuffle, and
 * `position`; then shuffle with that copy, and set `position`.
 */
#ifndef ADGEN_BATCHES_H
#define ADGEN_BATCHES_H

#include "adgen_random.h"
#include "adgen_status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct adgen_batches {
    size_t samples;  /* in the data set */
    size_t size;     /* of a batch */
    bool drop_last;  /* leave out a last batch that is smaller; false after adgen_batches_init */
    size_t position; /* samples of this epoch that have been given out */
    size_t *order;   /* the samples in this epoch's order; owned */
} adgen_batches;

/* Batches of `size` >= 1 samples, at first in the order 0, 1, 2, ... Fails with ADGEN_BAD_ARGUMENT or ADGEN_NO_MEMORY.
 */
adgen_status adgen_batches_init(adgen_batches *batches, size_t samples, size_t size);

/* Begins an epoch in a new random order, that of torch.randperm(samples). */
void adgen_batches_shuffle(adgen_batches *batches, adgen_random *random);

/* Begins an epoch in the same order as the last. */
void adgen_batches_rewind(adgen_batches *batches);

/*
 * The next batch: points *batch to the indices of its samples and returns how many these are, or 0 at the end of the
 * epoch. The indices are valid until the next shuffle.
 */
size_t adgen_batches_next(adgen_batches *batches, const size_t **batch);

/* The number of batches in an epoch. */
size_t adgen_batches_count(const adgen_batches *batches);

void adgen_batches_free(adgen_batches *batches);

#ifdef __cplusplus
}
#endif

#endif
