// memcpy of active data, whole and in part.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <string.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double w[4], u[4] = {1, 2, 3, 4};
    memcpy(w, v, (size_t)n * sizeof *w);
    w[0] *= w[1];
    memcpy(u + 1, w, 2 * sizeof(double));
    w[0] = 7;
    return u[0] * u[1] + u[2] * u[3] + w[0] * w[2];
}
