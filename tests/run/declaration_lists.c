// Several declarators in one declaration, some with an initialiser that uses an earlier one.
// test: grad f(x ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double a = x * x, b = a + x, c, *p = &b, d[2] = {a, b};
    c = *p * d[0];
    return c + d[1];
}
