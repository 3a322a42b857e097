// Counters that step by what only the outer loop knows: the number of the iteration tells them.
// test: grad f(n = 8, x[8] ~ 0.5..1.5)
// test: grad f(n = 1, x[1] ~ 0.5..1.5)
// test: grad g(n = 9, x[9] ~ 0.5..1.5)
// test: grad g(n = 2, x[2] ~ 0.5..1.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double y[8], s = 0;
    for (int i = 0; i < n; i++)
        y[i] = x[i];
    for (int length = 1; length <= n; length *= 2)
        for (int i = 0; i < n; i += length)
            y[i] = y[i] * y[(i + length) % n] * 0.9;
    for (int i = 0; i < n; i++)
        s += y[i];
    return s;
}

// Two counters, one of them behind the end of what is indexed, and an early end.
ADGEN_GRAD(x)
double g(int n, const double *x)
{
    double s = 1;
    for (int step = 1; step < n; step++) {
        unsigned at = 3, back = 7;
        for (int i = 0; i < n; i += step) {
            s *= 1 + x[i] * x[at % (unsigned)n] * 0.1 + x[back % (unsigned)n] * s * 0.01;
            at += (unsigned)step * 5;
            if (at > 40)
                break;
            back += 4294967290u;
        }
    }
    return s;
}
