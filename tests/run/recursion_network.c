// A small network whose nodes are values with links to what they were made from; depth-first, forwards.
// test: grad f(n = 3, w[3] ~ 0.5 -1 2, x ~ 0.75)

#include <adgen.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

struct value {
    double x, w;
    bool done;
    struct value *from[2];
    struct value *next;
};

static struct value *value_new(struct value **all, double w, struct value *a, struct value *b)
{
    struct value *v = (struct value *)calloc(1, sizeof *v);
    v->w = w;
    v->from[0] = a;
    v->from[1] = b;
    v->next = *all;
    *all = v;
    return v;
}

static double forward(struct value *v)
{
    if (!v->done) {
        double s = v->w;
        for (int k = 0; k < 2; k++)
            if (v->from[k])
                s += v->w * forward(v->from[k]);
        v->x = tanh(s);
        v->done = true;
    }
    return v->x;
}

static void release(struct value *v)
{
    if (v)
        release(v->next);
    free(v);
}

ADGEN_GRAD(w, x)
double f(int n, const double *w, double x)
{
    struct value *all = NULL, *last = value_new(&all, x, NULL, NULL), *before = last;
    for (int i = 0; i < n; i++) {
        struct value *v = value_new(&all, w[i], last, before);
        before = last;
        last = v;
    }
    const double y = forward(last);
    release(all);
    return y;
}
