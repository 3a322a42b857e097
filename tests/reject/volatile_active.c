// A volatile variable holds an active value.
// note:

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    volatile double y = x * x; // error: volatile
    return y;                  // error?: volatile
}
