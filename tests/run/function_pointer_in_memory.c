// Functions in structs in memory: objects with a table of methods or a method each, the layers of a net, states that say
// which is next, a chain on the heap. Which of them is called is told by comparing the pointer.
// test: grad shapes(r ~ 0.7, w ~ 1.1, h ~ 0.4)
// test: grad layers(n = 3, w[3] ~ -1..1, b[3] ~ -1..1, x ~ 0.6)
// test: grad machine(n = 9, x[9] ~ 0..1)
// test: grad returned(n = 6, x[6] ~ 0..1)
// test: grad chain(n = 4, x[4] ~ 0.2..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

struct shape;

struct methods {
    const char *name;
    double (*area)(const struct shape *);
    void (*grow)(struct shape *, double);
};

struct shape {
    const struct methods *methods;
    double a, b;
};

static double circle_area(const struct shape *s)
{
    return 3.0 * s->a * s->a;
}

static void circle_grow(struct shape *s, double by)
{
    s->a *= by;
}

static double rectangle_area(const struct shape *s)
{
    return s->a * s->b;
}

static void rectangle_grow(struct shape *s, double by)
{
    s->a *= by;
    s->b += by;
}

static const struct methods circle = {"circle", circle_area, circle_grow};
static const struct methods rectangle = {"rectangle", rectangle_area, rectangle_grow};

ADGEN_GRAD(r, w, h)
double shapes(double r, double w, double h)
{
    struct shape all[3] = {{&circle, r, 0.0}, {&rectangle, w, h}, {&circle, w * r, 0.0}};
    double sum = 0.0;
    for (int k = 0; k < 3; k++) {
        all[k].methods->grow(&all[k], sum + r);
        sum += all[k].methods->area(&all[k]);
    }
    return sum;
}

static double relu(double x)
{
    return x > 0.0 ? x : 0.0;
}

static double logistic(double x)
{
    return 1.0 / (1.0 + exp(-x));
}

struct layer {
    double (*act)(double);
    double w, b;
};

ADGEN_GRAD(w, b, x)
double layers(int n, const double *w, const double *b, double x)
{
    struct layer net[8];
    for (int i = 0; i < n; i++) {
        net[i].act = i < n - 1 ? logistic : relu;
        net[i].w = w[i];
        net[i].b = b[i] + 1.0;
    }
    for (int i = 0; i < n; i++)
        x = net[i].act(net[i].w * x + net[i].b);
    return x;
}

struct machine {
    void (*next)(struct machine *, double);
    double sum, level;
};

static void rising(struct machine *m, double x);
static void falling(struct machine *m, double x);

static void idle(struct machine *m, double x)
{
    m->level = x;
    if (x > 0.1)
        m->next = rising;
}

static void rising(struct machine *m, double x)
{
    m->sum += x * m->level;
    m->level += 0.5 * x;
    m->next = x < 0.5 ? falling : m->next;
}

static void falling(struct machine *m, double x)
{
    m->sum -= sin(x);
    m->level *= x;
    m->next = m->level < 0.3 ? idle : falling;
}

ADGEN_GRAD(x)
double machine(int n, const double *x)
{
    struct machine m = {idle, 0.0, 0.0};
    for (int i = 0; i < n; i++)
        m.next(&m, x[i]);
    return m.sum + m.level;
}

struct state {
    struct state (*next)(double, double *);
};

static struct state down(double x, double *sum);

static struct state up(double x, double *sum)
{
    struct state s = {up};
    *sum += x * x;
    if (x > 0.5)
        s.next = down;
    return s;
}

static struct state down(double x, double *sum)
{
    struct state s = {x < 0.2 ? up : down};
    *sum *= cos(x);
    return s;
}

ADGEN_GRAD(x)
double returned(int n, const double *x)
{
    double sum = 1.0;
    struct state s = {up};
    for (int i = 0; i < n; i++)
        s = s.next(x[i], &sum);
    return sum;
}

struct link {
    double (*map)(double, double);
    double p;
    struct link *next;
};

static double scaled(double x, double p)
{
    return x * p;
}

static double shifted(double x, double p)
{
    return sin(x) + p;
}

ADGEN_GRAD(x)
double chain(int n, const double *x)
{
    struct link *links = (struct link *)malloc((size_t)n * sizeof *links);
    for (int i = 0; i < n; i++) {
        links[i].map = i % 2 ? scaled : shifted;
        links[i].p = x[i];
        links[i].next = i + 1 < n ? &links[i + 1] : 0;
    }
    double y = 0.5;
    for (const struct link *l = links; l; l = l->next)
        y = l->map(y, l->p);
    free(links);
    return y;
}
