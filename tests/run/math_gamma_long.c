// lgammal and tgammal: digamma in long double.
// test: grad f(x ~ 0.75)
// test: grad f(x ~ 3.5)
// tol: 1e-14

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
long double f(long double x)
{
    return lgammal(x) * x + tgammal(x);
}
