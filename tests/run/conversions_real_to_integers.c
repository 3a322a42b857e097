// Real values through char, short, unsigned and long: flat.
// test: grad f(x ~ 2.8125)
// expect: x += 2 + 5 + 8 + 11

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    const char c = (char)x;
    const short s = (short)(2 * x);
    const unsigned u = (unsigned)(3 * x);
    const long long l = (long long)(4 * x);
    return c * x + s * x + u * x + l * x;
}
