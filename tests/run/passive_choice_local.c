// A pointer that leads to a passive local, to a passive parameter, or to what is differentiated.
// test: grad f(u[2] ~ 0.5 0.7, n = 1)
// test: grad f(u[2] ~ 0.5 0.7, n = 0)
// expect: u[0] += n ? 0 : u[1]
// expect: u[1] += n ? 2 : u[0]
// no-dual: dual numbers can't see the annotation
// no-fd: the derivative is not that of the function

#include <adgen.h>

ADGEN_GRAD(u)
double f(double *u, int n)
{
    ADGEN_PASSIVE double t[2] = {2.0, u[0]};
    double *p = n ? t : u;
    return p[0] * u[1];
}
