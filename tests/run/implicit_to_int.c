// A real value that goes through an int variable without a cast.
// test: grad f(x ~ 2.75)
// expect: x += 2 + 2
// no-dual: conversions of a class to int are explicit

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    int n = x;
    double y = n;
    return y * x + n * x;
}
