// Anonymous structs inside a struct.
// test: grad f(p ~ {x ~ 0.5, y ~ 2, z ~ -1})
// no-dual: C++ has no such members with constructors

#include <adgen.h>

struct point {
    struct {
        double x, y;
    };
    double z;
};

ADGEN_GRAD(p)
double f(const struct point *p)
{
    struct point q = *p;
    q.x *= q.y;
    return q.x * q.z + p->x;
}
