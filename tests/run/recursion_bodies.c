// Bodies in a quadtree of pointers to them, step by step.
// test: grad f(n = 4, steps = 2, x[4] ~ 0.1 0.8 0.3 0.62, y[4] ~ 0.2 0.9 0.7 0.15)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

typedef struct {
    double x, y, fx, fy;
} Body;

typedef struct Quad {
    double x, y, mass, left, bottom, size;
    const Body *body;
    struct Quad *child[4];
} Quad;

static Quad *quad_new(double left, double bottom, double size)
{
    Quad *q = (Quad *)calloc(1, sizeof *q);
    if (!q)
        abort();
    q->left = left;
    q->bottom = bottom;
    q->size = size;
    return q;
}

static void quad_insert(Quad *q, const Body *b)
{
    if (q->mass == 0) {
        q->body = b;
        q->mass = 1;
        return;
    }
    const Body *both[2] = {q->body, b};
    q->body = NULL;
    for (int k = 0; k < 2; k++) {
        if (!both[k])
            continue;
        const double half = q->size / 2;
        const int i = both[k]->x >= q->left + half, j = both[k]->y >= q->bottom + half;
        Quad **child = &q->child[2 * j + i];
        if (!*child)
            *child = quad_new(q->left + i * half, q->bottom + j * half, half);
        quad_insert(*child, both[k]);
    }
    q->mass += 1;
}

static void quad_centre(Quad *q)
{
    if (q->body) {
        q->x = q->body->x;
        q->y = q->body->y;
        return;
    }
    for (int k = 0; k < 4; k++) {
        Quad *c = q->child[k];
        if (!c)
            continue;
        quad_centre(c);
        q->x += c->mass / q->mass * c->x;
        q->y += c->mass / q->mass * c->y;
    }
}

static void quad_force(const Quad *q, Body *b, double theta)
{
    if (!q || q->body == b)
        return;
    const double dx = q->x - b->x, dy = q->y - b->y, r2 = dx * dx + dy * dy + 1e-2;
    if (q->body || q->size * q->size < theta * theta * r2) {
        b->fx += q->mass * dx / (r2 * sqrt(r2));
        b->fy += q->mass * dy / (r2 * sqrt(r2));
        return;
    }
    for (int k = 0; k < 4; k++)
        quad_force(q->child[k], b, theta);
}

static void quad_free(Quad *q)
{
    if (!q)
        return;
    for (int k = 0; k < 4; k++)
        quad_free(q->child[k]);
    free(q);
}

ADGEN_GRAD(x, y)
double f(int n, int steps, const double *x, const double *y)
{
    Body *b = (Body *)calloc((size_t)n, sizeof *b);
    for (int i = 0; i < n; i++) {
        b[i].x = x[i];
        b[i].y = y[i];
    }
    for (int t = 0; t < steps; t++) {
        Quad *root = quad_new(-1, -1, 3);
        for (int i = 0; i < n; i++)
            quad_insert(root, &b[i]);
        quad_centre(root);
        for (int i = 0; i < n; i++) {
            b[i].fx = b[i].fy = 0;
            quad_force(root, &b[i], 0.7);
        }
        quad_free(root);
        for (int i = 0; i < n; i++) {
            b[i].x += 0.01 * b[i].fx;
            b[i].y += 0.01 * b[i].fy;
        }
    }
    double e = 0;
    for (int i = 0; i < n; i++)
        e += b[i].x * b[i].fy + b[i].y * b[i].x;
    free(b);
    return e;
}
