// A recursive function that returns a struct.

#include <adgen.h>

struct pair {
    double a, b;
};

static struct pair turn(double x, int n) // error: its result is a struct
{
    if (n <= 0)
        return (struct pair){x, x * x};
    const struct pair next = turn(x * 0.5, n - 1);
    return (struct pair){next.b * x, next.a + next.b};
}

ADGEN_GRAD(x)
double f(double x)
{
    const struct pair p = turn(x, 3);
    return p.a * p.b;
}
