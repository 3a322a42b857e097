// A parameter that is an array of structs.
// test: grad f(n = 2, p[2] ~ {mass ~ 1.5, x ~ 0.25} {mass ~ 2, x ~ -1})

#include <adgen.h>

typedef struct {
    double mass, x;
} body;

ADGEN_GRAD(p)
double f(int n, const body *p)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += p[i].mass * p[i].x * p[i].x;
    return s;
}
