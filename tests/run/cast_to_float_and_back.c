// A value rounded to float inside a computation in double.
// test: grad f(x ~ 1.5, y ~ 0.75)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    const double z = (float)(x * y);
    return z * z + (float)x;
}
