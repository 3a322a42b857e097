// A number of bytes that is not seen to be whole elements.
// note:

#include <adgen.h>
#include <string.h>

ADGEN_GRAD(v)
double f(const double *v, int bytes)
{
    double w[4] = {0};
    memcpy(w, v, (size_t)bytes); // error: copies bytes
    return w[0] * w[1];
}
