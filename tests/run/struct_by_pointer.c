// A struct by pointer, not written.
// test: grad f(p ~ {x ~ 0.5, y ~ 2, n = 3})

#include <adgen.h>

typedef struct {
    double x, y;
    int n;
} point;

ADGEN_GRAD(p)
double f(const point *p)
{
    double s = 0;
    for (int i = 0; i < p->n; i++)
        s += p->x * p->y * (i + 1);
    return s * p->x;
}
