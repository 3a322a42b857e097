// ADGEN_PASSIVE on pointers: what is read through them has no derivative, nor what is written; in functions that are called
// with them, too. Structs by value likewise.
// test: grad to_target(n = 3, w[2] ~ 0.5 2, x[3] = 1 2 -0.5)
// expect: w[0] += 2 * (w[0] - w[1]) * (x[0] * x[0] + x[1] * x[1] + x[2] * x[2])
// expect: w[1] += 0
// test: grad further_down(n = 3, v[3] ~ 0.5 1 -2)
// expect: v[i] += v[i]
// test: grad local(n = 3, u[3] ~ 0.5 1 -2)
// expect: u[i] += u[i] + 3
// test: grad written(n = 3, x[3] ~ 0.5 1 -2)
// expect: x[i] += 2 * x[i]
// test: grad of_struct(p ~ {x ~ 0.5, y ~ 2})
// expect: p.x += 2 * (p.x - p.y)
// expect: p.y += 2 * (p.y - p.x)
// test: grad pointed(q ~ {x ~ 0.5, y ~ 2})
// expect: q[0].x += q->y
// expect: q[0].y += q->x
// no-dual: dual numbers can't see the annotation
// no-fd: the derivative is not that of the function

#include <adgen.h>

static double distance(int n, const double *p, ADGEN_PASSIVE const double *target)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += (p[i] - target[i]) * (p[i] - target[i]);
    return s;
}

ADGEN_GRAD(w)
double to_target(int n, const double *w, const double *x)
{
    double p[8], target[8];
    for (int i = 0; i < n; i++) {
        p[i] = w[0] * x[i];
        target[i] = w[1] * x[i];
    }
    return distance(n, p, target);
}

/* Walks both. */
static double dot(int n, const double *a, const double *b)
{
    double s = 0;
    while (n--)
        s += *a++ * *b++;
    return s;
}

static double half(int n, const double *a, ADGEN_PASSIVE const double *b)
{
    const double *again = b;
    return dot(n, a, again);
}

ADGEN_GRAD(v)
double further_down(int n, const double *v)
{
    return half(n, v, v);
}

ADGEN_GRAD(u)
double local(int n, const double *u)
{
    ADGEN_PASSIVE const double *p = u;
    double s = 0;
    for (int i = 0; i < n; i++)
        s += u[i] * *p++ + 3 * u[i];
    return s;
}

static void note(int n, ADGEN_PASSIVE double *log, const double *x)
{
    for (int i = 0; i < n; i++)
        log[i] = x[i] * x[i];
}

ADGEN_GRAD(x)
double written(int n, const double *x)
{
    double log[8], s = 0;
    note(n, log, x);
    for (int i = 0; i < n; i++)
        s += log[i] + x[i] * x[i];
    return s;
}

struct pair {
    double x, y;
};

static double apart(struct pair p, ADGEN_PASSIVE struct pair q)
{
    return (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y);
}

ADGEN_GRAD(p)
double of_struct(struct pair p)
{
    const struct pair q = {p.y, p.x};
    return apart(p, q);
}

ADGEN_GRAD(q)
double pointed(const struct pair *q)
{
    ADGEN_PASSIVE const struct pair *p = q;
    return p->x * q->y + p->y * q->x;
}
