// A pointer that is null for sure: what is done through it is never done.
// test: grad f(u[2] ~ 0.5 0.7, n = 3)

#include <adgen.h>
#include <stddef.h>

ADGEN_GRAD(u)
double f(double *u, int n)
{
    double *p = 0 ? u : NULL, *q = n > 100 ? u : NULL;
    if (p)
        p[0] = 0.5 * p[0] + u[1];
    if (q != NULL)
        q[1] += q[0];
    return u[0] * u[1];
}
