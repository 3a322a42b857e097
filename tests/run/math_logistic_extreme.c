// The logistic function where exp overflows or underflows harmlessly.
// test: grad f(x ~ 40)
// test: grad f(x ~ -40)
// test: grad f(x ~ 0)
// no-fd: too flat for differences

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return 1.0 / (1.0 + exp(-x));
}
