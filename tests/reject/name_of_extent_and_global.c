// A parameter that is named as a variable which a helper uses, and that stands in another one's type.
// note: rename the parameter

#include <adgen.h>

int n = 3;

static double helper(double y)
{
    return y * n;
}

ADGEN_GRAD(x)
double f(int n, const double x[2][n]) // error: 'n' is a parameter here
{
    return helper(x[1][n - 1]) * x[0][0];
}
