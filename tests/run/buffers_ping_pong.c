// Two buffers whose pointers change places.
// test: grad f(n = 4, v[4] ~ -1..1, steps = 3)
// test: grad f(n = 4, v[4] ~ -1..1, steps = 4)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v, int steps)
{
    double a[4], b[4], *now = a, *next = b;
    for (int i = 0; i < n; i++)
        now[i] = v[i];
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < n; i++)
            next[i] = now[i] * now[(i + 1) % n] + 0.5;
        double *t = now;
        now = next;
        next = t;
    }
    return now[0] * now[1] + next[2];
}
