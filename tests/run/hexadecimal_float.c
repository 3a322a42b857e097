// Constants in every spelling.
// test: grad f(x ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    return 0x1.8p1 * x * x + 1e-2 * x + .5 * x + 3. * x + 0x10 * x + 010 * x + 'a' * x + 2.5e0L * x;
}
