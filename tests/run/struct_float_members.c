// Members of three precisions.
// test: grad f(p ~ {a ~ 0.5, b ~ 2, c ~ -1})

#include <adgen.h>

struct mixed {
    float a;
    double b;
    long double c;
};

ADGEN_GRAD(p)
double f(const struct mixed *p)
{
    return (double)(p->a * p->b * p->c) + p->a;
}
