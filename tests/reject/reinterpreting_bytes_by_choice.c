// The bytes of active values are copied one by one, through a pointer to void that may be null.

#include <adgen.h>
#include <stddef.h>

static void copy(void *to, const void *from, size_t n)
{
    void *where = n > 3 ? to : NULL;
    const void *what = n > 3 ? from : NULL;
    if (!what)
        return;
    char *p = (char *)where;
    const char *q = (const char *)what;
    for (size_t k = 0; k < n; k++)
        p[k] = q[k]; // error: reads memory as another type
}

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double y[3] = {0};
    copy(y, x, (size_t)n * sizeof *x);
    return y[0] * y[1];
}
