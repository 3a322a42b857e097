// The gradient of an integer result.

#include <adgen.h>

ADGEN_GRAD(x) int f(double x) // error: return|real
{
    return x > 0;
}
