// Division by an active value, twice.
// test: grad f(x ~ 0.5, y ~ 2, z ~ -4)
// expect: x += 1 / (y * z)
// expect: y += -x / (y * y * z)

#include <adgen.h>

ADGEN_GRAD(x, y, z)
double f(double x, double y, double z)
{
    return x / y / z;
}
