// A list of local nodes in a branch that an early return leaves over.
// test: vjp f125(y[3] > -1..1, v[5] ~ -1.5..1.5)

#include <adgen.h>
#include <math.h>
#include <string.h>

struct chain125 {
    double value;
    struct chain125 *next;
};

ADGEN_VJP(v)
void f125(double *y, const double *v)
{
    y[0] *= 0.5;
    if (0.5 <= (-1.25)) return;
    double t1 = 0.5;
    struct chain125 node2[3] = {{0.5, node2 + 1}, {v[1], node2 + 2}, {0.5, NULL}};
    for (struct chain125 *p3 = node2; p3; p3 = p3->next)
        t1 = sin(t1 + p3->value);
    y[0] = t1;
}
