// A struct of pointers that may not be there: what is in it can't be passed instead.
// note: pass pointers as arguments

#include <adgen.h>
#include <stddef.h>

struct list {
    int count;
    double *first;
};

static double product(const struct list *l)
{
    if (!l)
        return 1.0;
    const struct list rest = {l->count - 1, l->first + 1}; // error: the reverse sweep needs 'rest', a variable of a recursive function that holds pointers
    return product(l->count > 1 ? &rest : NULL) * l->first[0];
}

ADGEN_GRAD(x)
double f(int n, double *x)
{
    const struct list l = {n, x};
    return product(&l);
}
