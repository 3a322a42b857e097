// The user's own rule is not declared.

#include <adgen.h>

ADGEN_CUSTOM_VJP(mystery_vjp) double mystery(double x); // error?: mystery_vjp
ADGEN_GRAD(x)
double f(double x)
{
    return mystery(x); // error?: mystery_vjp
}
