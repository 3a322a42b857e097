// Storage by alloca that piles up in a loop.
// note: variable-length

#include <adgen.h>
#include <alloca.h>

ADGEN_GRAD(x)
double f(double x, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        double *v = (double *)alloca(2 * sizeof *v); // error: alloca
        v[0] = x;
        sum += v[0] * x;
    }
again:;
    double *w = (double *)alloca(sizeof *w); // error: runs again
    w[0] = sum;
    if (n-- > 0)
        goto again;
    return w[0];
}
