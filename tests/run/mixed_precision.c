// float, double and long double in one expression; bars have the types of their parameters.
// test: grad f(a ~ 1.5, b ~ -0.5, c ~ 2)
// expect: a += b * c + 2 * a
// expect: b += a * c
// expect: c += a * b

#include <adgen.h>

ADGEN_GRAD(a, b, c)
double f(float a, double b, long double c)
{
    return (double)(a * b * c) + a * a;
}
