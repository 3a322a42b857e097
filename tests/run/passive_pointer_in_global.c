// A global variable that is ADGEN_PASSIVE may keep a pointer to what is differentiated: for a function that sorts indices by
// it, say. What is read through it has no derivative.
// test: grad median(n = 5, x[5] ~ 0.5 3 -1 0.75 2)
// expect: x[i] += i == 3 ? 2 * x[3] : 0
// test: grad frozen(v[2] ~ 0.5 2)
// expect: v[0] += v[1]
// expect: v[1] += 0
// adgen: --with-source
// no-dual: dual numbers can't see the annotation
// no-fd: the derivative is not that of the function

#include <adgen.h>
#include <stdlib.h>

ADGEN_PASSIVE static const double *keys;

static int by_key(const void *a, const void *b)
{
    const double x = keys[*(const int *)a], y = keys[*(const int *)b];
    return (x > y) - (x < y);
}

ADGEN_GRAD(x)
double median(int n, const double *x)
{
    int order[8];
    for (int i = 0; i < n; i++)
        order[i] = i;
    keys = x;
    qsort(order, (size_t)n, sizeof *order, by_key);
    const double m = x[order[n / 2]];
    return m * m;
}

ADGEN_GRAD(v)
double frozen(const double *v)
{
    keys = v;
    return v[0] * keys[1];
}
