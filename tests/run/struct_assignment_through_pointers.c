// *p = *q for structs, and a member's address given away.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

struct pair {
    double a, b;
};

static void scale(double *v, double by)
{
    *v *= by;
}

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    struct pair p = {x, y}, q = {y, x}, *r = &p;
    *r = q;
    scale(&p.b, y);
    scale(&r->a, p.b);
    r = &q;
    *r = p;
    return q.a * q.b * p.a;
}
