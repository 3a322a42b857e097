/* adgen_init.c: first values for parameters, in double and in float (adgen_init.inc, for each). */
#include "adgen_init.h"

#include <math.h>

static const double two_pi = 6.283185307179586476925286766559;

double adgen_gain_leaky_relu(double slope)
{
    return sqrt(2.0 / (1.0 + slope * slope));
}

static double xavier(size_t fan_in, size_t fan_out, double gain)
{
    return gain * sqrt(2.0 / ((double)fan_in + (double)fan_out));
}

static double he(size_t fan, double gain)
{
    return gain / sqrt((double)fan);
}

#define REAL double
#define NAME(x) x
#define MATH(x) x
#define UNIFORM(random) adgen_random_uniform(random)
#include "adgen_init.inc"
#undef REAL
#undef NAME
#undef MATH
#undef UNIFORM

#define REAL float
#define NAME(x) x##f
#define MATH(x) x##f
#define UNIFORM(random) adgen_random_uniformf(random)
#include "adgen_init.inc"
