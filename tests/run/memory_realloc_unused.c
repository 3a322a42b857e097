// A growing array whose values decide, and are not differentiated.
// test: vjp f(n = 3, x[3] ~ -1..1, y[2] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

struct v { double *at; int n; };

ADGEN_VJP(x, y)
void f(int n, const double *x, double *y)
{
    struct v *v = (struct v *)calloc(1, sizeof *v);
    int k = 0;
    for (int i = 0; i < n; i++) {
        v->at = (double *)realloc(v->at, (size_t)(v->n + 1) * sizeof *v->at);
        v->at[v->n++] = x[i];
        k += v->at[0] > 0;
    }
    y[0] = k * x[0];
    free(v->at);
    free(v);
}
