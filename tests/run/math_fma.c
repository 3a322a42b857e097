// fma by its three arguments.
// test: grad f(x ~ 2.75, y ~ -1, z ~ 0.5)
// expect: x += y + 2
// expect: y += x
// expect: z += 1

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y, z)
double f(double x, double y, double z)
{
    return fma(x, y, z) + fma(2, x, 1);
}
