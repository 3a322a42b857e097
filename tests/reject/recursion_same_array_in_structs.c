// Two structs that a recursive function takes lead to one array: the arguments are counted as the user counts them.

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
    return go(a, a, k); // error: the call of 'go', which is recursive: argument 2 may lead to the same memory as argument 1
}
