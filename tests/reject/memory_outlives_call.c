// The shadow of memory that outlives the call would be lost.
// note:

#include <adgen.h>
#include <stdlib.h>

struct box {
    double *at;
    double s;
};

ADGEN_GRAD(b)
double f(int n, struct box *b)
{
    double *w = (double *)malloc((size_t)n * sizeof *w); // error: outlives the call
    for (int i = 0; i < n; i++)
        w[i] = b->s * i;
    b->at = w;
    return w[0] + b->at[1];
}
