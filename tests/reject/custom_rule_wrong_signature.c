// The user's own rule is declared with other parameters than the _vjp function has.

#include <adgen.h>

double mystery_vjp(double x);                           // error?: mystery_vjp
ADGEN_CUSTOM_VJP(mystery_vjp) double mystery(double x); // error?: mystery_vjp
ADGEN_GRAD(x)
double f(double x)
{
    return mystery(x); // error?: mystery_vjp
}
