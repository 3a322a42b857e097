// ?: whose sides have different arithmetic types.
// test: grad f(x ~ 0.5, k = 0)
// test: grad f(x ~ 0.5, k = 1)

#include <adgen.h>

ADGEN_GRAD(x)
double f(float x, int k)
{
    const double a = k ? x * 2.0 : 1;
    const double b = k ? 3 : (double)x;
    return a * b + (k ? 1 / 2 : 1 / 2.0) * x;
}
