// The caller's memory is given back.
// note:

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(double *v)
{
    const double s = v[0] * v[0];
    free(v); // error: may be the caller's
    return s;
}
