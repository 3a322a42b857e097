// How large the caller's memory is, is not known.
// note:

#include <adgen.h>
#include <stdlib.h>

struct box {
    double *at;
    int n;
};

ADGEN_GRAD(b)
double f(struct box *b)
{
    double *w = (double *)realloc(b->at, 4 * sizeof *w); // error: how large it was
    b->at = w;
    return w[0] * w[0];
}
