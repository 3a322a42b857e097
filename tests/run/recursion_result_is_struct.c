// A recursive function that returns a struct; its result is taken apart, assigned, and passed on.
// test: grad f(x ~ 0.75, n = 3)
// test: grad f(x ~ 0.75, n = 0)

#include <adgen.h>

struct pair {
    double a, b;
};

static struct pair turn(double x, int n)
{
    if (n <= 0)
        return (struct pair){x, x * x};
    const struct pair next = turn(x * 0.5, n - 1);
    return (struct pair){next.b * x, next.a + next.b};
}

static struct pair folded(struct pair p, int n)
{
    if (n > 0) {
        p = folded(p, n - 1);
        p.a = p.a * p.b + turn(p.b, 1).a;
    }
    return n % 2 ? p : folded((struct pair){p.b, 0.5 * p.a}, n - 2 > 0 ? n - 3 : -1);
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    struct pair p = turn(x, n);
    for (int i = 0; i < n; i++)
        p = folded(p, i + 1);
    return p.a * p.b + turn(p.a, 2).b;
}
