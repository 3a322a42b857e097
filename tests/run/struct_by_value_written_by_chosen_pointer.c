// A struct passed by value, one of whose members is overwritten through a pointer chosen at run time.
// test: grad f(p ~ { a ~ 2, b ~ 3 }, c = 1)
// test: grad f(p ~ { a ~ 2, b ~ 3 }, c = 0)

#include <adgen.h>

struct pair {
    double a, b;
};

ADGEN_GRAD(p)
double f(struct pair p, int c)
{
    double *q = c ? &p.a : &p.b;
    *q = *q * *q;
    return p.a * p.b;
}
