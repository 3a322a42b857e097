// A struct is copied whole; the copy and the original go separate ways.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

struct pair {
    double a, b;
    int n;
};

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    struct pair p, q;
    p.a = x * x;
    p.b = y;
    p.n = 2;
    q = p;
    p.a = q.b * q.a;
    q.b += p.a;
    return p.a * q.b * q.n + p.b;
}
