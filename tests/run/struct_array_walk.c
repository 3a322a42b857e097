// An array of structs is walked by pointer and changed.
// test: vjp f(n = 2, p[2] ~ {mass ~ 1.5, x ~ 0.25} {mass ~ 2, x ~ -1}, k ~ 0.5)

#include <adgen.h>

typedef struct {
    double mass, x;
} body;

ADGEN_VJP(p, k)
double f(int n, body *p, double k)
{
    double energy = 0;
    for (body *q = p; q < p + n; q++) {
        q->x -= k * q->x / q->mass;
        energy += q->mass * q->x * q->x;
    }
    return energy;
}
