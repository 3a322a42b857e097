// The derivative of a static function is there for other files.
// test: grad f(x ~ 0.5)
// before: (void)f(1.0);

#include <adgen.h>

ADGEN_GRAD(x)
static double f(double x)
{
    return x * x;
}
