// Functions that return functions, whose result is called at once.
// test: grad f(n = 4, x ~ 0.5)

#include <adgen.h>

typedef double function(double);

struct rule {
    function *apply;
};

static double square(double x)
{
    return x * x;
}

static double triple(double x)
{
    return 3 * x;
}

static function *pick(double k)
{
    return k > 1 ? square : triple;
}

static function *(*picker(int k))(double)
{
    return k ? pick : 0;
}

static const struct rule rules[] = {{square}, {triple}};

static const struct rule *rule(int k)
{
    return &rules[k % 2];
}

ADGEN_GRAD(x)
double f(int n, double x)
{
    double s = 0;
    for (int k = 0; k < n; k++)
        s += pick(k)(x + k) + (pick(x + k))(x * k) + (*pick(k))(x) + rule(k)->apply(s);
    return s + picker(1)(2)(x);
}
