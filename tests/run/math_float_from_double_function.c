// sin of a float computes in double; sinf in float.
// test: grad f(x ~ 0.75)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(float x)
{
    return sin(x) * sinf(x) + exp(x * 0.5f);
}
