// A static function that adgen cannot look into has a variable that stays: a copy of it would part ways with it.
// note: --with-source

#include <adgen.h>

typedef unsigned four __attribute__((vector_size(16)));

static unsigned spin(unsigned k) // error: static
{
    static unsigned calls;
    const four lanes = {k, 1, 2, 3};
    return lanes[k & 3u] + calls++;
}

ADGEN_GRAD(x)
double f(unsigned k, double x)
{
    return x * spin(k);
}
