// A local struct made from reals, with an initialiser.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

struct pair {
    double a, b;
};

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    struct pair p = {x * y, y}, q;
    q.a = p.b * x;
    q.b = p.a + q.a;
    return q.a * q.b;
}
