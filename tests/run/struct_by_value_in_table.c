// A by-value struct whose address goes through a table of pointers: what is written there is the function's own copy.
// test: grad f(y ~ {a ~ 0.5, c[2] ~ 1..2}, k = 0)
// test: grad f(y ~ {a ~ 0.5, c[2] ~ 1..2}, k = 1)

#include <adgen.h>

struct pair {
    double a;
    double c[2];
};

ADGEN_GRAD(y)
double f(struct pair y, int k)
{
    double other[2] = {3, 4};
    double *rows[2] = {y.c, other};
    double s = y.c[0] * y.a;
    rows[k % 2][0] = y.a * y.a;
    return s + y.c[0] * y.c[1] + other[0];
}
