// A recursive function that returns a pointer to what carries derivatives.
// test: grad f(x[3] ~ 0.5 -1.5 0.75)

#include <adgen.h>

static const double *pick(const double *x, int n)
{
    return n == 0 ? x : pick(x + 1, n - 1);
}

ADGEN_GRAD(x)
double f(const double *x)
{
    return *pick(x, 2) * *pick(x, 1);
}
