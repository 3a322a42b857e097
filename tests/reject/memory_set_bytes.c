// memset of reals to something else than zero.
// note:

#include <adgen.h>
#include <string.h>

ADGEN_GRAD(v)
double f(double *v)
{
    const double s = v[0] * v[1];
    memset(v, 1, 2 * sizeof *v); // error: writes bytes
    return s;
}
