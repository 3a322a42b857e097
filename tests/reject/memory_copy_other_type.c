// Reals are copied into memory of another type.
// note:

#include <adgen.h>
#include <string.h>

ADGEN_GRAD(v)
double f(const double *v)
{
    float w[4] = {0};
    memcpy(w, v, 2 * sizeof *v); // error: copies bytes
    return (double)(w[0] * w[1]);
}
