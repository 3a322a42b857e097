/* A transformer's block: layer normalisation, causal attention of several heads, GELU. */
#include "model.h"

#include <math.h>

static void normalise(const struct norm *norm, const double x[WIDTH], double y[WIDTH])
{
    double mean = 0.0, variance = 0.0;

    for (int i = 0; i < WIDTH; i++)
        mean += x[i] / WIDTH;
    for (int i = 0; i < WIDTH; i++)
        variance += (x[i] - mean) * (x[i] - mean) / WIDTH;
    for (int i = 0; i < WIDTH; i++)
        y[i] = norm->gain[i] * (x[i] - mean) / sqrt(variance + 1e-5) + norm->shift[i];
}

/* y = W x */
static void multiply(int rows, int columns, const double *w, const double *x, double *y)
{
    for (int i = 0; i < rows; i++) {
        y[i] = 0.0;
        for (int j = 0; j < columns; j++)
            y[i] += w[i * columns + j] * x[j];
    }
}

/*
 * One head's part of token t: the mean of the values so far, weighted by the softmax of how well their keys fit the
 * query. Keys and values are WIDTH apart, from one token to the next.
 */
static void attend(int t, const double *query, const double *key, const double *value, double *out)
{
    double weight[t + 1], largest = -INFINITY, total = 0.0;

    for (int s = 0; s <= t; s++) {
        weight[s] = 0.0;
        for (int i = 0; i < HEAD; i++)
            weight[s] += query[i] * key[s * WIDTH + i];
        weight[s] /= sqrt((double)HEAD);
        largest = fmax(largest, weight[s]);
    }
    for (int s = 0; s <= t; s++) {
        weight[s] = exp(weight[s] - largest);
        total += weight[s];
    }
    for (int i = 0; i < HEAD; i++) {
        out[i] = 0.0;
        for (int s = 0; s <= t; s++)
            out[i] += weight[s] / total * value[s * WIDTH + i];
    }
}

/* The Gaussian error linear unit: x times the distribution function of the normal distribution. */
static double gelu(double x)
{
    return 0.5 * x * (1.0 + erf(x / sqrt(2.0)));
}

/* y = W2 gelu(W1 x + b1) + b2 */
static void layer(const struct block *block, const double x[WIDTH], double y[WIDTH])
{
    double inner[INNER];

    multiply(INNER, WIDTH, block->up, x, inner);
    for (int i = 0; i < INNER; i++)
        inner[i] = gelu(inner[i] + block->up_bias[i]);
    multiply(WIDTH, INNER, block->down, inner, y);
    for (int i = 0; i < WIDTH; i++)
        y[i] += block->down_bias[i];
}

void block_forward(const struct block *block, int length, const double *x, double *out)
{
    double query[length * WIDTH], key[length * WIDTH], value[length * WIDTH];
    double normal[WIDTH], seen[WIDTH], change[WIDTH];

    for (int t = 0; t < length; t++) {
        normalise(&block->before_attention, x + t * WIDTH, normal);
        multiply(WIDTH, WIDTH, block->query, normal, query + t * WIDTH);
        multiply(WIDTH, WIDTH, block->key, normal, key + t * WIDTH);
        multiply(WIDTH, WIDTH, block->value, normal, value + t * WIDTH);
    }
    for (int t = 0; t < length; t++) {
        double *y = out + t * WIDTH;
        for (int head = 0; head < WIDTH; head += HEAD)
            attend(t, query + t * WIDTH + head, key + head, value + head, seen + head);
        multiply(WIDTH, WIDTH, block->mix, seen, change);
        for (int i = 0; i < WIDTH; i++)
            y[i] = x[t * WIDTH + i] + change[i];

        normalise(&block->before_layer, y, normal);
        layer(block, normal, change);
        for (int i = 0; i < WIDTH; i++)
            y[i] += change[i];
    }
}

double loss(const struct block *block, int length, const double *x, const double *target)
{
    double out[length * WIDTH], sum = 0.0;

    block_forward(block, length, x, out);
    for (int i = 0; i < length * WIDTH; i++)
        sum += (out[i] - target[i]) * (out[i] - target[i]);
    return sum / (length * WIDTH);
}
