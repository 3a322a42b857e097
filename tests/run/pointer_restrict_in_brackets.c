// Qualifiers within the brackets, and names that restrict is a part of.
// test: vjp f(restrict_n = 3, x[3] ~ 1 2 3, y[3] ~ -1 0.5 2, z[3] > 1 1 1)
// no-dual: C++ has no restrict

#include <adgen.h>

typedef double restricted;

ADGEN_VJP(x, y)
void f(int restrict_n, const double x[restrict static 3], const restricted y[const restrict], restricted z[restrict_n])
{
    for (int i = 0; i < restrict_n; i++)
        z[i] *= x[i] * y[i];
}
