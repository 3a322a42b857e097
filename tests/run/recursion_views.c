// Recursive functions that take views of a part of an array: structs by value and by a pointer, nested, changed, given back.
// test: grad by_value(n = 7, x[7] ~ -1..1)
// test: grad by_pointer(n = 6, x[6] ~ -1..1)
// test: grad weighted(n = 5, x[5] ~ -1..1, scale ~ 0.75)
// test: vjp in_place(n = 6, x[6] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

typedef struct {
    size_t size, stride;
    const double *data;
} view;

struct span {
    double *first;
    int count;
};

struct problem {
    struct span all;
    double scale;
    int depth;
};

static double norm(view v)
{
    while (v.size > 1 && v.size % 2 == 0) { /* its own copy */
        v.size /= 2;
        v.stride *= 2;
    }
    if (v.size <= 1)
        return v.size ? v.data[0] * v.data[0] : 0.0;
    const view head = {v.size / 2, v.stride, v.data};
    const view tail = {v.size - v.size / 2, v.stride, v.data + v.size / 2 * v.stride};
    return norm(head) + sin(norm(tail) * v.data[0]);
}

ADGEN_GRAD(x)
double by_value(int n, const double *x)
{
    const view v = {(size_t)n, 1, x};
    return norm(v);
}

static view half_of(const view *v, int which)
{
    const size_t half = v->size / 2;
    view part = {which ? v->size - half : half, v->stride, v->data};
    if (which)
        part.data += half * v->stride;
    return part;
}

static double product(const view *v)
{
    const size_t n = v->size;
    if (n == 1)
        return v->data[0] + 2.0;
    const view left = half_of(v, 0), right = half_of(v, 1);
    return product(&left) * product(&right) + (n % 2 ? product(&right) : 0.0);
}

ADGEN_GRAD(x)
double by_pointer(int n, const double *x)
{
    const view v = {(size_t)n, 1, x};
    return product(&v) + product(&v) * x[0];
}

static double solve(const struct problem *p)
{
    if (p->depth == 0 || p->all.count == 0)
        return p->scale;
    struct problem next = *p;
    next.depth--;
    next.all.first++;
    next.all.count--;
    next.scale = p->scale * p->all.first[0] + 1.0;
    return solve(&next) * p->all.first[0] + p->scale;
}

ADGEN_GRAD(x, scale)
double weighted(int n, double *x, double scale)
{
    const struct problem p = {{x, n}, scale, n - 1};
    return solve(&p);
}

static int smooth(struct span *s)
{
    const int n = s->count;
    if (n < 2)
        return 1;
    struct span rest = {s->first + 1, n - 1};
    s->first[0] = sin(s->first[0]) * s->first[1];
    const int calls = smooth(&rest);
    s->first[1] += s->first[0] * calls;
    return calls + 1;
}

ADGEN_VJP(x)
void in_place(int n, double *x)
{
    struct span s = {x, n};
    smooth(&s);
}
