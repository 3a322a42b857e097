// INFINITY as the start of a minimum.
// test: grad f(n = 4, v[4] ~ 0.5 -1 2 -0.25)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double best = INFINITY;
    for (int i = 0; i < n; i++)
        if (v[i] * v[i] < best)
            best = v[i] * v[i];
    return best * v[0];
}
