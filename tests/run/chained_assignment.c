// An assignment is an expression whose value is used.
// test: grad f(x ~ 1.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double a, b, c;
    a = b = c = x * x;
    a += b *= c + x;
    return a + 2 * b + 3 * c;
}
