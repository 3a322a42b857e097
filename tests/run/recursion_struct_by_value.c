// A recursive function takes structs by value, one of them changed on the way.
// test: grad f(x ~ 0.5, y ~ 0.75)

#include <adgen.h>

struct pair {
    double a, b;
    int steps;
};

struct weights {
    double w[3];
};

static double turn(struct pair p, struct weights v)
{
    if (p.steps <= 0)
        return p.a * p.b * v.w[1];
    const double before = p.a * v.w[p.steps % 3];
    p.a = p.b * 1.1;
    p.b = before + p.a;
    p.steps--;
    v.w[0] *= p.a;
    return before * p.b + turn(p, v) + v.w[0];
}

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    const struct pair p = {x, x * y, 4};
    const struct weights v = {{y, 0.5, x}};
    return turn(p, v) * p.a;
}
