// memmove writes more than the element that it is given.
// test: vjp f146(p[3] ~ -1.5..1.5)

#include <adgen.h>
#include <math.h>
#include <string.h>

ADGEN_VJP(p)
float f146(double *p)
{
    float result = 0.5;
    {
        p[2] *= 0.5 + 0.25 * 0.5;
        memmove(p + 1, p, 2 * sizeof(double));
        result += 0.25 * p[2];
    }
    return result;
}
