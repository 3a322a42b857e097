// A cast to int has derivative zero.
// test: grad f(x ~ 2.75)
// expect: x += 2

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    return x * (int)x + (double)(int)(x * 3);
}
