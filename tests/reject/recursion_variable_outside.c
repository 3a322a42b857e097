// A recursive function that writes a variable outside functions.

#include <adgen.h>

double state;

static double turn(double x, int n)
{
    state += x; // error: a variable outside functions
    return n == 0 ? x : turn(x, n - 1) * x;
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    return turn(x, n);
}
