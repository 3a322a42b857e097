// An array parameter with static in its brackets.
// test: grad f(v[3] ~ 1 2 3)

#include <adgen.h>

ADGEN_GRAD(v)
double f(const double v[static 3])
{
    return v[0] * v[1] * v[2];
}
