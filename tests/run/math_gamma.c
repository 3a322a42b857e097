// lgamma and tgamma with their digamma, small, large and negative arguments.
// test: grad f(x ~ 0.75)
// test: grad f(x ~ 3.5)
// test: grad f(x ~ 12.25)
// test: grad f(x ~ -1.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return lgamma(x) * x + tgamma(x) / (1 + x * x);
}
