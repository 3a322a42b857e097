// Fixed elements by name.
// test: grad f(v[3] ~ 0.5 2 -1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(const double v[3])
{
    return v[0] * v[1] + v[1] * v[2] + v[2] * v[0] * v[0];
}
