// Two errors in two functions are reported together.

#include <adgen.h>

double mystery(double x);
double riddle(double x);

ADGEN_GRAD(x)
double f(double x)
{
    return mystery(x); // error: mystery
}

ADGEN_GRAD(x)
double g(double x)
{
    return riddle(x); // error: riddle
}
