// An active value goes through a volatile variable.
// note:

#include <adgen.h>

volatile double shared;

ADGEN_GRAD(x)
double f(double x)
{
    shared = x * x;    // error: volatile object cannot carry a derivative
    return shared * x; // error?: volatile object
}
