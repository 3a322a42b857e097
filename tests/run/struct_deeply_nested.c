// Real numbers are found however deep structs and arrays nest.
// test: grad f(x[2] ~ 1.5 -0.5)

#include <adgen.h>

struct a {
    double v[2];
};
struct b {
    struct a m[1][1];
};
struct c {
    struct b m[1][1];
};
struct d {
    struct c m[1][1];
};
struct e {
    struct d m[1][1];
};

static double product(const struct e *p)
{
    return p->m[0][0].m[0][0].m[0][0].m[0][0].v[0] * p->m[0][0].m[0][0].m[0][0].m[0][0].v[1];
}

ADGEN_GRAD(x)
double f(const double x[2])
{
    struct e p, q;
    double deep[2][1][1][1][1][1][1][1][1][1];
    for (int i = 0; i < 2; i++) {
        p.m[0][0].m[0][0].m[0][0].m[0][0].v[i] = x[i] * x[i];
        deep[i][0][0][0][0][0][0][0][0][0] = 3.0 * x[i];
    }
    q = p;
    return product(&q) * deep[0][0][0][0][0][0][0][0][0][0] + deep[1][0][0][0][0][0][0][0][0][0];
}
