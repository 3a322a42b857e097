// Lists of lists: recursion goes down, loops go along; both change pointers, and give nodes back on the way.
// test: grad f(n = 5, v[5] ~ 0.5 -1 2 0.25 -3)

#include <adgen.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct item {
    double x;
    struct item *next, *below;
};

static void *memory(size_t bytes)
{
    void *p = malloc(bytes);
    if (p == NULL) {
        fprintf(stderr, "no memory\n");
        exit(1);
    }
    return p;
}

static struct item *make(const double *v, int n, int depth)
{
    struct item *first = NULL;
    for (int i = 0; i < n; i++) {
        struct item *fresh = (struct item *)memory(sizeof *fresh);
        fresh->x = v[i] * depth;
        fresh->next = first;
        fresh->below = depth > 0 && i % 2 ? make(v + 1, n - 1, depth - 1) : NULL;
        first = fresh;
    }
    return first;
}

static double mix(struct item *l, double s)
{
    double sum = 0;
    for (struct item *i = l; i; i = i->next) {
        if (i->below)
            i->x += 0.25 * mix(i->below, s * i->x);
        sum += sin(i->x) * s;
        while (i->next && i->next->x < 0) {
            struct item *gone = i->next;
            i->x *= 1 + gone->x * 0.125;
            i->next = gone->next;
            if (gone->below) {
                struct item *last = gone->below;
                while (last->next)
                    last = last->next;
                last->next = i->below;
                i->below = gone->below;
            }
            free(gone);
        }
    }
    return sum;
}

static void release(struct item *l)
{
    while (l) {
        struct item *next = l->next;
        release(l->below);
        free(l);
        l = next;
    }
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    struct item *all = make(v, n, 2);
    double s = mix(all, 1);
    s += mix(all, 0.5 * s);
    release(all);
    return s;
}
