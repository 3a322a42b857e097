// What the object's function does leaves another one there, and which that may be is not known: the next call is of that.
// note: bound by the caller in a function that is differentiated

#include <adgen.h>
#include <stdlib.h>

struct shape {
    double (*next)(struct shape *, double);
    double (*after)(struct shape *, double);
    int calls;
};

static double square(struct shape *s, double x)
{
    s->next = s->after;
    return x * x;
}

ADGEN_GRAD(x)
double f(double (*after)(struct shape *, double), double x)
{
    struct shape *s = calloc(1, sizeof *s);
    double sum = 0;
    s->next = square;
    s->after = after;
    for (int i = 0; i < 3; i++)
        sum += s->next(s, x); // error: pointer
    free(s);
    return sum;
}
