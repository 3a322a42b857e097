// GELU by erf and by tanh.
// test: grad f(x ~ 0.75)
// test: grad f(x ~ -1.25)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    const double exact = 0.5 * x * (1 + erf(x * 0.70710678118654752440));
    const double close = 0.5 * x * (1 + tanh(0.79788456080286535588 * (x + 0.044715 * x * x * x)));
    return exact + 2 * close;
}
