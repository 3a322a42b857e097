// memcpy of a struct.
// test: grad f(p ~ {x ~ 0.5, y ~ 2, n = 3})

#include <adgen.h>
#include <string.h>

struct point {
    double x, y;
    int n;
};

ADGEN_GRAD(p)
double f(const struct point *p)
{
    struct point q;
    memcpy(&q, p, sizeof q);
    q.x *= q.y;
    return q.x * p->x * q.n;
}
