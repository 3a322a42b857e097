/* Linear least squares, by the rows of a data set: all of them, or the few of a mini-batch. */
#include "model.h"

double loss(size_t n, const size_t *row, const struct sample *data, const double w[FEATURES], double b, double ridge)
{
    double sum = 0.0, penalty = 0.0;

    for (size_t i = 0; i < n; i++) {
        const struct sample *s = &data[row[i]];
        double residual = b - s->y;
        for (int j = 0; j < FEATURES; j++)
            residual += w[j] * s->x[j];
        sum += residual * residual;
    }
    for (int j = 0; j < FEATURES; j++)
        penalty += w[j] * w[j];
    return sum / (double)n + ridge * penalty;
}
