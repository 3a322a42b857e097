// Functions that call themselves by a table of functions, or by one that they are given: an expression's nodes.
// test: grad evaluated(x ~ 0.7, n ~ ({op = 1, v = 0, l = ({op = 0, v = 0, l = ({op = 2, v = 0, l = null, r = null}), r = ({op = 3, v ~ 0.3, l = null, r = null})}), r = ({op = 2, v = 0, l = null, r = null})}))
// test: grad descended(x ~ 0.7, n = 4)

#include <adgen.h>
#include <math.h>

struct node {
    int op;
    double v;
    const struct node *l, *r;
};

static double evaluate(const struct node *n, double x);

static double add(const struct node *n, double x)
{
    return evaluate(n->l, x) + evaluate(n->r, x);
}

static double multiply(const struct node *n, double x)
{
    return evaluate(n->l, x) * evaluate(n->r, x);
}

static double variable(const struct node *n, double x)
{
    return n->l ? 0.0 : x;
}

static double number(const struct node *n, double x)
{
    return n->r ? x : n->v;
}

static double (*const operations[])(const struct node *, double) = {add, multiply, variable, number};

static double evaluate(const struct node *n, double x)
{
    return operations[n->op](n, x);
}

ADGEN_GRAD(n, x)
double evaluated(const struct node *n, double x)
{
    return evaluate(n, x);
}

typedef double (*leaf_or_descent)(double, int);

static double sine(double x, int n);
static double product(double x, int n);

static double next(leaf_or_descent f, double x, int n)
{
    return n == 0 ? x : f(x, n - 1);
}

static double sine(double x, int n)
{
    return next(n % 2 ? product : sine, sin(x), n);
}

static double product(double x, int n)
{
    return x * next(sine, x * x, n);
}

ADGEN_GRAD(x)
double descended(double x, int n)
{
    return next(product, x, n);
}
