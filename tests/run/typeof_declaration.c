// GNU C's typeof.
// test: grad f(x ~ 0.5, v[2] ~ 2 3)

#include <adgen.h>

ADGEN_GRAD(x, v)
double f(double x, const float *v)
{
    __typeof__(x) y = x * x;
    __typeof__(v[0] + 0) z = v[0] * v[1];
    return y * z;
}
