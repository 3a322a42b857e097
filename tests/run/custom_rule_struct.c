// A rule of a function that takes structs, by value and by pointer.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

struct pair {
    double a, b;
};

double join_vjp(struct pair p, const struct pair *q, struct pair *p_bar, struct pair *q_bar, double ret_bar);

ADGEN_CUSTOM_VJP(join_vjp)
double join(struct pair p, const struct pair *q)
{
    return p.a * q->b + p.b * p.b * q->a;
}

double join_vjp(struct pair p, const struct pair *q, struct pair *p_bar, struct pair *q_bar, double ret_bar)
{
    p_bar->a += ret_bar * q->b;
    p_bar->b += ret_bar * 2 * p.b * q->a;
    q_bar->a += ret_bar * p.b * p.b;
    q_bar->b += ret_bar * p.a;
    return join(p, q);
}

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    struct pair p = {x, y}, q = {x * y, 3};
    double s = 0;
    for (int i = 0; i < 3; i++) {
        s += join(p, &q) * x;
        q.a += y * s;
        p.b = x * s;
    }
    return s;
}
