// A function that calls itself keeps values on a tape.
// adgen: --workspace

#include <adgen.h>
#include <math.h>

static double wave(double x, int n)
{
    return n == 0 ? x : sin(x * wave(x, n - 1));
}

ADGEN_GRAD(x)
double f(double x, int n) // error: recursive
{
    return wave(x, n);
}
