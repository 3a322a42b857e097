// Pointers that lead to what is differentiated or to what is not: by choice, from tables, walking, from a struct.
// test: grad f(u[2] ~ 0.5 0.7, y[2] = 0.3 0.4, n = 1)
// test: grad f(u[2] ~ 0.5 0.7, y[2] = 0.3 0.4, n = 0)
// test: grad g(u[2] ~ 0.5 0.7, s = {n = 2, w = (0.9 1.1)}, n = 0)
// test: grad g(u[2] ~ 0.5 0.7, s = {n = 2, w = (0.9 1.1)}, n = 2)
// test: grad h(u[3] ~ 0.5 0.7 -0.2, y[3] = 0.3 0.4 0.2, n = 0)
// test: grad h(u[3] ~ 0.5 0.7 -0.2, y[3] = 0.3 0.4 0.2, n = 1)

#include <adgen.h>

ADGEN_GRAD(u)
double f(const double *u, const double *y, int n)
{
    const double *p = n ? y : u;
    const double *table[2] = {u, p + 1};
    return p[0] * u[1] + table[n][0] * table[1 - n][0];
}

struct s {
    int n;
    double *w;
};

ADGEN_GRAD(u)
double g(const double *u, const struct s *s, int n)
{
    const double *p = n ? s->w : u;
    double sum = u[0];
    for (int i = 0; i < s->n; i++)
        sum *= p[i];
    return sum;
}

ADGEN_GRAD(u)
double h(const double *u, const double *y, int n)
{
    const double *p = n ? y : u, *end = p + 3;
    double sum = u[0];
    while (p < end && sum < 10.0) {
        sum = sum * *p + u[1];
        p++;
    }
    return sum;
}
