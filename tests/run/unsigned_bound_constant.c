// A bound that is a wrapped constant where the loop around is known, in a branch that is never taken.
// test: grad f(n = 2, x ~ 0.7, v[2] ~ 0.5 -0.25)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

ADGEN_GRAD(x, v)
double f(int n, double x, double *v)
{
    double r = x;
    for (size_t i = 2; i-- > 0;)
        if ((int)i > n)
            for (size_t j = 0; j < i - (size_t)2; j++) {
                v[0] = sin(v[0] * r);
                r = cos(v[1] * r);
            }
    return r * v[0] + v[1];
}
