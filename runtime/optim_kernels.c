/* optim_kernels.c: the kernels in double and in float (optim_kernels.inc, for each). */
#include "optim_kernels.h"

#include <math.h>

#define REAL double
#define NAME(x) x##_double
#define SQRT sqrt
#include "optim_kernels.inc"
#undef REAL
#undef NAME
#undef SQRT

#define REAL float
#define NAME(x) x##_float
#define SQRT sqrtf
#include "optim_kernels.inc"

const adgen_kernels *adgen_kernels_of(adgen_real type)
{
    return type == ADGEN_FLOAT ? &kernels_float : &kernels_double;
}
