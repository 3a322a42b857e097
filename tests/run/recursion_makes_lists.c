// A list that recursion makes, changes and gives back.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

typedef struct link {
    struct link *next;
    double x;
} link_t;

static link_t *cons(double x, link_t *next)
{
    link_t *l = (link_t *)malloc(sizeof(link_t));
    l->x = x;
    l->next = next;
    return l;
}

static link_t *from_array(const double *v, int n)
{
    return n == 0 ? NULL : cons(v[0] * v[0], from_array(v + 1, n - 1));
}

static void scale(link_t *l, double by)
{
    if (l) {
        l->x = sin(l->x) * by;
        scale(l->next, by * l->x);
    }
}

static link_t *reverse(link_t *l, link_t *onto)
{
    if (!l)
        return onto;
    link_t *rest = l->next;
    l->next = onto;
    return reverse(rest, l);
}

static link_t *map_squares(const link_t *l)
{
    return l ? cons(l->x * l->x, map_squares(l->next)) : NULL;
}

static double fold(const link_t *l, double s)
{
    return l ? fold(l->next, s * l->x + 1) : s;
}

static void list_free(link_t *l)
{
    if (!l)
        return;
    list_free(l->next);
    free(l);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    link_t *a = from_array(v, n);
    scale(a, 1.5);
    a = reverse(a, NULL);
    link_t *b = map_squares(a);
    const double s = fold(a, 1) * fold(b, 2);
    list_free(a);
    list_free(b);
    return s;
}
