// A quadtree of bodies, built by insertion, with centres of mass and forces computed by recursion.
// test: grad f(n = 4, x[4] ~ 0.1 0.8 0.3 0.62, y[4] ~ 0.2 0.9 0.7 0.15, m[4] ~ 1 2 0.5 1.5)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct cell {
    double x, y, mass;
    double left, bottom, size;
    int bodies;
    struct cell *child[4];
};

static struct cell *cell_new(double left, double bottom, double size)
{
    struct cell *c = (struct cell *)calloc(1, sizeof *c);
    c->left = left;
    c->bottom = bottom;
    c->size = size;
    return c;
}

static void insert(struct cell *c, double x, double y, double m);

static void insert_below(struct cell *c, double x, double y, double m)
{
    const double half = 0.5 * c->size;
    const int i = x >= c->left + half, j = y >= c->bottom + half;
    struct cell **child = &c->child[2 * j + i];
    if (!*child)
        *child = cell_new(c->left + i * half, c->bottom + j * half, half);
    insert(*child, x, y, m);
}

static void insert(struct cell *c, double x, double y, double m)
{
    if (c->bodies == 0) {
        c->x = x;
        c->y = y;
        c->mass = m;
        c->bodies = 1;
        return;
    }
    if (c->bodies == 1)
        insert_below(c, c->x, c->y, c->mass);
    insert_below(c, x, y, m);
    const double total = c->mass + m;
    c->x = (c->x * c->mass + x * m) / total;
    c->y = (c->y * c->mass + y * m) / total;
    c->mass = total;
    c->bodies++;
}

static double potential(const struct cell *c, double x, double y, double theta)
{
    if (!c)
        return 0;
    const double dx = c->x - x, dy = c->y - y, r2 = dx * dx + dy * dy + 0.01;
    if (c->bodies == 1 || c->size * c->size < theta * r2)
        return c->mass / sqrt(r2);
    double sum = 0;
    for (int k = 0; k < 4; k++)
        sum += potential(c->child[k], x, y, theta);
    return sum;
}

static void cell_free(struct cell *c)
{
    if (!c)
        return;
    for (int k = 0; k < 4; k++)
        cell_free(c->child[k]);
    free(c);
}

ADGEN_GRAD(x, y, m)
double f(int n, const double *x, const double *y, const double *m)
{
    struct cell *root = cell_new(0, 0, 1);
    for (int i = 0; i < n; i++)
        insert(root, x[i], y[i], m[i]);
    double energy = 0;
    for (int i = 0; i < n; i++)
        energy += m[i] * potential(root, x[i], y[i], 0.25);
    cell_free(root);
    return energy;
}
