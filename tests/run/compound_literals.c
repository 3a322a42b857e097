// Compound literals of structs and arrays.
// test: grad f(x ~ 0.5, y ~ 2)
// no-dual: the address of a temporary

#include <adgen.h>

struct pair {
    double a, b;
};

static double sum(int n, const double *v)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += v[i] * v[i];
    return s;
}

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    struct pair p = (struct pair){x * y, y};
    const double *v = (const double[]){x, y, p.a};
    return sum(3, v) * p.b + sum(2, (double[2]){y, x * 2});
}
