/*
 * adgen_init.h: first values for parameters. The formulas are those of torch.nn.init, and so are the numbers: with the
 * same seed, uniform ones are equal to PyTorch's bit for bit, normal ones but for the last digits of its vectorised
 * logarithm and sine.
 *
 * Each function fills the n elements of x, of type double, or float where the name ends in f.
 *
 * The fan of a layer is the number of inputs of a unit (fan_in) and of units that read an input (fan_out). Weights of a
 * linear layer, w[outputs][inputs]: fan_in = inputs, fan_out = outputs. Of a convolution,
 * w[outputs][inputs][height][width]: fan_in = inputs * height * width, fan_out = outputs * height * width.
 */
#ifndef ADGEN_INIT_H
#define ADGEN_INIT_H

#include "adgen_random.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The customary gain for the activation that follows the layer. */
#define ADGEN_GAIN_LINEAR 1.0
#define ADGEN_GAIN_SIGMOID 1.0
#define ADGEN_GAIN_TANH (5.0 / 3.0)
#define ADGEN_GAIN_RELU 1.4142135623730951

/* sqrt(2 / (1 + slope^2)), for a ReLU of `slope` below zero. */
double adgen_gain_leaky_relu(double slope);

void adgen_init_zeros(double *x, size_t n);
void adgen_init_zerosf(float *x, size_t n);

/* Uniform in [low, high). */
void adgen_init_uniform(adgen_random *random, double *x, size_t n, double low, double high);
void adgen_init_uniformf(adgen_random *random, float *x, size_t n, double low, double high);

/*
 * Normal. Below 16 elements these are drawn one by one, as adgen_random_normal draws; from 16 on, as PyTorch has it, in
 * blocks of 16 numbers u uniform in the element's type, of which 8 pairs make 16 normal ones:
 * x[j] = r cos a, x[j + 8] = r sin a, r = sqrt(-2 log(1 - u[j])), a = 2 pi u[j + 8]. Where n is not a multiple of 16,
 * the last 16 are drawn anew.
 */
void adgen_init_normal(adgen_random *random, double *x, size_t n, double mean, double deviation);
void adgen_init_normalf(adgen_random *random, float *x, size_t n, double mean, double deviation);

/* Xavier (Glorot and Bengio 2010): variance gain^2 * 2 / (fan_in + fan_out). */
void adgen_init_xavier_uniform(adgen_random *random, double *x, size_t n, size_t fan_in, size_t fan_out, double gain);
void adgen_init_xavier_uniformf(adgen_random *random, float *x, size_t n, size_t fan_in, size_t fan_out, double gain);
void adgen_init_xavier_normal(adgen_random *random, double *x, size_t n, size_t fan_in, size_t fan_out, double gain);
void adgen_init_xavier_normalf(adgen_random *random, float *x, size_t n, size_t fan_in, size_t fan_out, double gain);

/* Kaiming (He et al. 2015): variance gain^2 / fan, where fan is fan_in (forward pass) or fan_out (backward pass). */
void adgen_init_he_uniform(adgen_random *random, double *x, size_t n, size_t fan, double gain);
void adgen_init_he_uniformf(adgen_random *random, float *x, size_t n, size_t fan, double gain);
void adgen_init_he_normal(adgen_random *random, double *x, size_t n, size_t fan, double gain);
void adgen_init_he_normalf(adgen_random *random, float *x, size_t n, size_t fan, double gain);

#ifdef __cplusplus
}
#endif

#endif
