// An active value goes through inline assembly.
// note: ADGEN_CUSTOM_VJP

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = x;
    __asm__("" : "+x"(y)); // error: cannot differentiate inline assembly
    return y * y;
}
