// memset, memcpy of more than the member that the pointer leads to.
// note:

#include <adgen.h>
#include <stddef.h>
#include <string.h>

struct state {
    double w, x[2], y;
    int n;
};

ADGEN_GRAD(a, s)
double f(struct state *s, double a)
{
    s->y = a * a;
    memset(&s->x, 0, sizeof *s - offsetof(struct state, x)); // error: writes bytes
    return s->y + s->w * a;
}

ADGEN_GRAD(a, s)
double g(struct state *s, const double *v, int n, double a)
{
    s->y = a * a;
    memcpy(&s->w, v, (size_t)n * sizeof *v); // error: copies bytes
    return s->y + s->w * a;
}
