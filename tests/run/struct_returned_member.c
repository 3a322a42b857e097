// A member of a call's result.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

struct pair {
    double a, b;
};

static struct pair make(double x, double y)
{
    struct pair p = {x * y, x + y};
    return p;
}

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return make(x, y).a * make(y, x * x).b;
}
