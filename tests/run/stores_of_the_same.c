// A variable that is stored to itself, an adjoint that is put back, an array compared with a null pointer.
// test: grad f(n = 3, x ~ 0.7)
#include <adgen.h>
#include <math.h>
#include <stddef.h>

static double state[2] = {0.5, 0.25};

ADGEN_GRAD(x)
double f(int n, double x)
{
    double u = x;
    double *p = &u, *const q = state;
    for (int i = 0; i < n; i++) {
        *p = *p;
        if (q != NULL)
            u += 0.125 * sin(round(u));
        *p = u * u * state[i % 2];
    }
    return u;
}
