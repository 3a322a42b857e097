// Token pasting, stringising, variadic macros and __LINE__.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

#define VARIABLE(n) value_##n
#define SUM(...) sum((double[]){__VA_ARGS__}, (int)(sizeof((double[]){__VA_ARGS__}) / sizeof(double)))
#define LENGTH(text) ((int)sizeof(#text) - 1)
// no-dual: the address of a temporary
static double sum(const double *v, int n)
{
    double s = 0;
    while (n-- > 0)
        s += v[n] * (n + 1);
    return s;
}

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    const double VARIABLE(1) = x * y, VARIABLE(2) = SUM(x, y, value_1);
    return VARIABLE(2) * LENGTH(abc) * (__LINE__ > 0);
}
