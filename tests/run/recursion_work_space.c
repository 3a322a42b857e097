// A recursive function with work space from the heap.
// test: vjp f(n = 6, v[6] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void smooth(double *v, int n)
{
    if (n < 2)
        return;
    double *w = (double *)malloc((size_t)n * sizeof *w);
    for (int i = 0; i < n; i++)
        w[i] = sin(v[i]) * v[n - 1 - i];
    smooth(w, n / 2);
    smooth(w + n / 2, n - n / 2);
    for (int i = 0; i < n; i++)
        v[i] += w[i] * w[n - 1 - i];
    free(w);
}

ADGEN_VJP(v)
void f(int n, double *v)
{
    smooth(v, n);
}
