// Expressions as trees: made by a parser of mutual recursion, evaluated by recursion.
// test: grad f(x ~ 0.5, y ~ 1.25)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

enum kind { CONSTANT, VARIABLE, SUM, PRODUCT, SINE };

struct expr {
    enum kind kind;
    double value;
    int which;
    struct expr *a, *b;
};

static struct expr *make(enum kind kind, struct expr *a, struct expr *b)
{
    struct expr *e = (struct expr *)calloc(1, sizeof *e);
    e->kind = kind;
    e->a = a;
    e->b = b;
    return e;
}

static struct expr *parse_sum(const char **at);

static struct expr *parse_factor(const char **at)
{
    const char c = *(*at)++;
    if (c == '(') {
        struct expr *e = parse_sum(at);
        ++*at;
        return e;
    }
    if (c == 's')
        return make(SINE, parse_factor(at), NULL);
    struct expr *e = make(c >= '0' && c <= '9' ? CONSTANT : VARIABLE, NULL, NULL);
    e->value = c - '0';
    e->which = c - 'x';
    return e;
}

static struct expr *parse_product(const char **at)
{
    struct expr *e = parse_factor(at);
    while (**at == '*') {
        ++*at;
        e = make(PRODUCT, e, parse_factor(at));
    }
    return e;
}

static struct expr *parse_sum(const char **at)
{
    struct expr *e = parse_product(at);
    while (**at == '+') {
        ++*at;
        e = make(SUM, e, parse_product(at));
    }
    return e;
}

static double evaluate(struct expr *e, const double *variables)
{
    switch (e->kind) {
    case CONSTANT:
        return e->value;
    case VARIABLE:
        return e->value = variables[e->which];
    case SUM:
        return e->value = evaluate(e->a, variables) + evaluate(e->b, variables);
    case PRODUCT:
        return e->value = evaluate(e->a, variables) * evaluate(e->b, variables);
    default:
        return e->value = sin(evaluate(e->a, variables));
    }
}

static void release(struct expr *e)
{
    if (!e)
        return;
    release(e->a);
    release(e->b);
    free(e);
}

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    const double variables[] = {x, y};
    const char *text = "x*(y+3*s(x*y))+s(y)*x";
    struct expr *e = parse_sum(&text);
    const double value = evaluate(e, variables) * e->a->value;
    release(e);
    return value;
}
