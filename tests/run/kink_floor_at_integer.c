// floor and its kin have derivative 0 everywhere, at the jumps too.
// test: grad f(x ~ 2)
// expect: x += 2 + 2 + 2
// no-fd: a jump

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    return floor(x) * x + ceil(x) * x + (int)x * x;
}
