// A pointer that is chosen anew in each iteration, by a branch that reads: its element one further is another
// iteration's first, and is written before the reverse sweep asks for it.
// test: grad f(n = 5, c[5] = 1 0 1 0 1, at[5] = 0 1 1 2 3, x[8] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, const int *c, const int *at, double *x)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) {
        double *p;
        if (c[i] > 0)
            p = x + at[i];
        else
            p = x + 2;
        s += p[1] * p[1];
        p[0] = p[0] * 0.5 + s;
    }
    return s;
}
