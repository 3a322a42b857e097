// A recursive function walks by the pointer in its caller's struct.
// test: grad f(n = 3, x[3] ~ 0.5 -1.5 0.75)

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
    l->first++;
    return product(l) * head;
}

ADGEN_GRAD(x)
double f(int n, double *x)
{
    struct list l = {n, x};
    return product(&l);
}
