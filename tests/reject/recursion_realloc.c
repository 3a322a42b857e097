// Memory that a recursive function makes larger.
// note:

#include <adgen.h>
#include <stdlib.h>

struct vec {
    int n, room;
    double *at;
};

static void push(struct vec *v, double x)
{
    if (v->n == v->room) {
        v->room = 2 * v->room + 1;
        v->at = (double *)realloc(v->at, (size_t)v->room * sizeof *v->at); // error: 'realloc' moves memory that carries derivatives, and how large it was is not seen
    }
    v->at[v->n++] = x;
}

static void collect(struct vec *v, const double *x, int n)
{
    if (n == 0)
        return;
    collect(v, x + 1, n - 1);
    push(v, x[0] * x[0]);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct vec w = {0, 0, NULL};
    collect(&w, v, n);
    double s = 0;
    for (int i = 0; i < w.n; i++)
        s = s * w.at[i] + w.at[i];
    free(w.at);
    return s;
}
