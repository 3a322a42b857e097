// GNU vector types.

#include <adgen.h>

typedef double four __attribute__((vector_size(32)));

ADGEN_GRAD(x)
double f(double x)
{
    four v = {x, x, x, x}; // error?: vector|four
    v = v * v;             // error?: vector|four
    return v[0] + v[3];    // error?: vector|four
}
