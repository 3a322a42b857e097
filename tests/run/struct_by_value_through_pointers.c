// A struct passed by value is overwritten through a pointer to one of its members: its bar is still only added to.
// test: grad f(s ~ {a ~ -1..1, b ~ -1..1})
#include <adgen.h>

struct pair {
    double a, b;
};

static double step(const struct pair *from, double *to)
{
    *to = from->a * from->b;
    return from->b * from->a;
}

ADGEN_GRAD(s)
double f(struct pair s)
{
    return step(&s, &s.b);
}
