// A function with an untyped argument, as libraries for integration take it.
// test: grad f(p ~ {a ~ 0.5, b ~ 2})

#include <adgen.h>
#include <math.h>

struct line {
    double a, b;
};

typedef struct {
    double (*call)(double, void *);
    void *given;
} function;

static double line_at(double x, void *given)
{
    const struct line *l = (const struct line *)given;
    return exp(l->a * x) + l->b;
}

static double integral(const function *f, double from, double to, int n)
{
    double s = 0, h = (to - from) / n;
    for (int i = 0; i < n; i++)
        s += h * f->call(from + (i + 0.5) * h, f->given);
    return s;
}

ADGEN_GRAD(p)
double f(struct line *p)
{
    struct line twice = {2 * p->a, p->b * p->b};
    const function g = {line_at, p}, h = {line_at, &twice};
    return integral(&g, 0, 1, 3) * integral(&h, 0, p->a, 2);
}
