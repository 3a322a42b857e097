// The smallest program: one parameter, one operation.
// test: grad square(x ~ 1.5)
// expect: x += 2 * x

#include <adgen.h>

ADGEN_GRAD(x)
double square(double x)
{
    return x * x;
}
