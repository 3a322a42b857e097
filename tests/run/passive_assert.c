// assert on active values.
// test: grad f(x ~ 0.5)

#include <adgen.h>
#include <assert.h>

ADGEN_GRAD(x)
double f(double x)
{
    assert(x > 0);
    const double y = x * x;
    assert(y < 100 && "too large");
    return y * x;
}
