// Two structs that a recursive function takes lead to one array, which is written.
// test: grad f(x[2] ~ 0.5 -1.5, k = 2)

#include <adgen.h>
#include <math.h>

struct view {
    int n;
    double *v;
};

static double go(struct view a, struct view b, int k)
{
    if (k == 0)
        return a.v[0] * b.v[0];
    b.v[0] = sin(a.v[0]) * b.v[0];
    return go(a, b, k - 1) + go(b, a, k - 1);
}

ADGEN_GRAD(x)
double f(double *x, int k)
{
    struct view a = {2, x};
    return go(a, a, k);
}
