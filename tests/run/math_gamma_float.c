// lgammaf and tgammaf.
// test: grad f(x ~ 0.75)
// test: grad f(x ~ 3.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
float f(float x)
{
    return lgammaf(x) * x + tgammaf(x);
}
