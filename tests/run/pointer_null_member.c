// A member is somewhere, so that its address is never null, which compilers know.
// test: vjp f(v ~ {a ~ 0.3, c[3] ~ -1..1, k = 1}, u ~ 0.2)

#include <adgen.h>
#include <stddef.h>

struct part {
    double a, c[3];
    int k;
};

ADGEN_VJP(v, u)
void f(struct part *v, double u)
{
    v->k = 1;
    double *p = v->k & 1 ? v->c : NULL;
    if (p)
        p[0] = 0.5 * p[0] + u * v->a;
}
