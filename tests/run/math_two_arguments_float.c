// Functions of two and three arguments in float.
// test: vjp f(x ~ 1.75, z ~ 0.75, y[10] > 0 0 0 0 0 0 0 0 0 0)
// test: vjp f(x ~ 0.75, z ~ 2.5, y[10] > 0 0 0 0 0 0 0 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x, z)
void f(float x, float z, float *y)
{
    y[0] = powf(x, z);
    y[1] = atan2f(x, z);
    y[2] = hypotf(x, z);
    y[3] = fmodf(x, z);
    y[4] = remainderf(x, z);
    y[5] = fdimf(x, z);
    y[6] = fmaxf(x, z);
    y[7] = fminf(x, z);
    y[8] = fmaf(x, z, x);
    y[9] = copysignf(x, -z);
}
