// frexp, ldexp, scalbn and scalbln.
// test: grad f(x ~ 6.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    int e;
    const double m = frexp(x, &e);
    return m * m + ldexp(x, e) * m + scalbn(x * x, -2) + scalbln(x, 3L);
}
