// A polynomial of one variable with a use of the parameter in every term.
// test: grad f(x ~ 1.5)
// test: grad f(x ~ -0.5)
// expect: x += 3 * x * x - 2

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    return x * x * x - 2 * x + 7;
}
