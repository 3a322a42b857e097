#ifndef MODEL_H
#define MODEL_H

#include <adgen.h>
#include <stddef.h>

enum { FEATURES = 6 };

struct sample {
    double x[FEATURES];
    double y;
};

/*
 * The loss of y ~ x w + b: the mean of squared residuals over n samples, those of `data` whose numbers are in `row`,
 * plus ridge * |w|^2. The offset b pays no penalty.
 */
ADGEN_GRAD(w, b)
double loss(size_t n, const size_t *row, const struct sample *data, const double w[FEATURES], double b, double ridge);

#endif
