// Inline functions and types of a header of the user's own.
// test: grad f(v ~ {n = 4, stride = 2, data ~ (8: -1..1)})

#include "parts/strided.h"
#include <adgen.h>

ADGEN_GRAD(v)
double f(const strided *v)
{
    double s = 0.5;
    for (int i = 0; i < v->n; i++)
        s = s * strided_get(v, i) + STRIDED_LAST(v);
    return s;
}
