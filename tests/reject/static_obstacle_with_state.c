// A static function that adgen cannot look into has a variable that stays: a copy of it would part ways with it.
// note: --with-source

#include <adgen.h>
#include <complex.h>

static double phase(double angle) // error: static
{
    static int calls;
    calls++;
    return carg(cexp(I * angle)) + calls;
}

ADGEN_GRAD(x)
double f(double a, double x)
{
    return x * phase(a);
}
