// An atomic variable holds an active value.

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    _Atomic double y = x * x; // error: atomic|_Atomic
    return y;                 // error?: atomic|_Atomic
}
