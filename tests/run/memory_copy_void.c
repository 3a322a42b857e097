// A copy through untyped pointers.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <string.h>

static void copy(void *to, const void *from, size_t bytes)
{
    memcpy(to, from, bytes);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double w[8];
    const size_t bytes = (size_t)n * sizeof *v;
    copy(w, v, bytes);
    copy(w + n, w, bytes);
    double s = 0;
    for (int i = 0; i < n; i++)
        s += w[i] * w[2 * n - 1 - i] * w[i];
    return s;
}
