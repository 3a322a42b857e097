// A struct by value is overwritten through a pointer that walks, one that was chosen, and one from a table.
// test: vjp f(s ~ {a ~ 0.3, c[2] ~ 0.5 0.7})
// test: vjp g(s ~ {a ~ 0.3, c[2] ~ 0.5 0.7}, n = 1)
// test: vjp h(s ~ {a ~ 0.3, c[2] ~ 0.5 0.7}, n = 1)

#include <adgen.h>

struct s {
    double a, c[2];
};

ADGEN_VJP(s)
double f(struct s s)
{
    double *p = s.c, *end = s.c + 2;
    const double was = s.c[0];
    while (p != end)
        *p++ = 0.5;
    return s.a * was;
}

ADGEN_VJP(s)
double g(struct s s, int n)
{
    double *p = n ? &s.a : s.c;
    *p = s.c[1] * s.a;
    return s.a * s.c[0];
}

ADGEN_VJP(s)
double h(struct s s, int n)
{
    double *table[2] = {s.c, &s.a};
    *table[n] *= s.c[1];
    table[1 - n][1] = 2.0;
    return s.a * s.c[1] + s.c[0];
}
