// Rounding, parts and scaling in float.
// test: vjp f(x ~ 6.75, y[8] > 0 0 0 0 0 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(float x, float *y)
{
    float whole;
    int e, quotient;
    y[0] = fabsf(-x) * floorf(x);
    y[1] = ceilf(x) * x + truncf(x) * x;
    y[2] = roundf(x) * x + rintf(x) * x + nearbyintf(x) * x;
    y[3] = modff(x, &whole) * whole;
    y[4] = frexpf(x, &e) * e;
    y[5] = ldexpf(x, 2) + scalbnf(x, 3) + scalblnf(x, -1L);
    y[6] = logbf(x) * x + ilogbf(x) * x;
    y[7] = remquof(x, 2, &quotient) + lroundf(x) * x + llrintf(x) * x;
}
