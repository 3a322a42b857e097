// A static function that adgen cannot look into has a variable that stays: a copy of it would part ways with it.
// note: --with-source

#include <adgen.h>

static unsigned spin(unsigned k) // error: static
{
    static unsigned calls;
    __asm__("" : "+r"(k));
    return k + calls++;
}

ADGEN_GRAD(x)
double f(unsigned k, double x)
{
    return x * spin(k);
}
