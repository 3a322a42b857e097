// The function that is differentiated is recursive itself, and makes a list on the way that all its calls add to.
// test: grad f(n = 4, v[4] ~ -1..1, l = null)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct node {
    double x;
    struct node *next;
};

ADGEN_GRAD(v)
double f(int n, const double *v, ADGEN_PASSIVE struct node *l)
{
    (void)l;
    struct node *own = (struct node *)malloc(sizeof *own);
    own->x = v[0] * v[0];
    own->next = NULL;
    const double s = n > 1 ? f(n - 1, v + 1, NULL) * own->x + sin(own->x) : own->x;
    free(own);
    return s;
}
