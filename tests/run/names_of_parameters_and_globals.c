// Parameters that are named as variables, tables and functions which helpers use.
// test: grad f(x ~ 0.5, scale ~ 2)
// test: grad g(x ~ 0.5, w[2] = 3 4)
// test: grad h(t ~ 0.75, exp ~ 2)

#include <adgen.h>
#include <math.h>

double scale = 3;
static const double w[2] = {1, 2};

static double helper(double y)
{
    return y * scale * w[1];
}

static double from_table(double y)
{
    static const double t[2] = {5, 6};
    return exp(y) * t[1];
}

ADGEN_GRAD(x, scale)
double f(double x, double scale)
{
    return helper(x) * scale * scale;
}

ADGEN_GRAD(x)
double g(double x, const double *w)
{
    return helper(x) * w[0];
}

ADGEN_GRAD(t, exp)
double h(double t, double exp)
{
    return from_table(t) * t * exp;
}
