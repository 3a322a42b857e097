// isnan, isfinite, signbit and the comparison macros decide.
// test: grad f(x ~ 1.5)
// test: grad f(x ~ -1.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    if (isnan(x) || isinf(x) || !isfinite(x))
        return 0;
    double y = signbit(x) ? x * x : x;
    if (isgreater(y, 1.0))
        y *= x;
    return y;
}
