/* Handwritten digits: MNIST's, from its own files, or drawn here. */
#ifndef DIGITS_H
#define DIGITS_H

#include "model.h"

#include <adgen_random.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Reads MNIST's files of pictures and labels, plain or, in a program built with zlib, compressed by gzip. The caller
 * frees *digits. If that fails, says why on standard error.
 */
bool digits_read(const char *images, const char *labels, struct digit **digits, size_t *count);

/* Draws one with a pen: the strokes of a random digit, bent, slanted and placed at random. */
void digits_draw(adgen_random *random, struct digit *digit);

#endif
