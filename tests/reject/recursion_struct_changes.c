// A recursive function walks by the pointer in its caller's struct.
// note: pass pointers as arguments

#include <adgen.h>

struct list {
    int count;
    double *first;
};

static double product(struct list *l)
{
    if (l->count == 0)
        return 1.0;
    const double head = l->first[0];
    l->count--;
    l->first++; // error: cannot differentiate 'product', which is recursive: it stores pointers
    return product(l) * head;
}

ADGEN_GRAD(x)
double f(int n, double *x)
{
    struct list l = {n, x};
    return product(&l);
}
