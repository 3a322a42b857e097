/* Included before everything else when a single-precision problem is built in double precision, so that its derivatives
 * can be checked against central differences to more than three digits. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BENCH_WIDENED
#define float double
#define ceilf ceil
#define coshf cosh
#define erff erf
#define expf exp
#define fabsf fabs
#define floorf floor
#define fmaxf fmax
#define fminf fmin
#define logf log
#define powf pow
#define sinhf sinh
#define sqrtf sqrt
#define tanhf tanh
