// A struct by value; integer members are passive.
// test: grad f(p ~ {x ~ 0.5, y ~ 2, n = 3})
// expect: p.x += 2 * p.x * p.y * p.n
// expect: p.y += p.x * p.x * p.n

#include <adgen.h>

struct point {
    double x, y;
    int n;
};

ADGEN_GRAD(p)
double f(struct point p)
{
    return p.x * p.x * p.y * p.n;
}
