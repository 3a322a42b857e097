// register, auto and const qualifiers on locals.
// test: grad f(x ~ 0.5)
// no-dual: register and auto are gone from C++

#include <adgen.h>

ADGEN_GRAD(x)
double f(register double x)
{
    auto double y = x * x;
    register const double z = y * x;
    return z + y;
}
