// An unknown external function with passive arguments and a passive result.
// test: grad f(x ~ 0.5, n = -3)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(x)
double f(double x, int n)
{
    const double scale = strtod("2.5", NULL);
    return scale * x * x * abs(n) + atoi("3") * x;
}
