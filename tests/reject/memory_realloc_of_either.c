// Memory that may be the caller's, or may have been allocated here: how large it is is not known.
// note:

#include <adgen.h>
#include <stdlib.h>

struct box {
    double *at;
    int n;
};

ADGEN_GRAD(x)
double f(double *x, int n)
{
    struct box *b = (struct box *)malloc(sizeof *b);
    b->at = n > 3 ? x : (double *)malloc(4 * sizeof *x);
    b->at[0] = x[0];
    b->at = (double *)realloc(b->at, 8 * sizeof *x); // error: how large it was
    double y = b->at[0] * b->at[0];
    free(b->at);
    free(b);
    return y;
}
