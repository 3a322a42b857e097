// Two buffers that change places at each step.
// test: grad f(n = 5, steps = 7, v[5] ~ -1..1, k ~ 0.3)
// test: grad f(n = 5, steps = 2, v[5] ~ -1..1, k ~ 0.3)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(v, k)
double f(int n, int steps, const double *v, double k)
{
    double first[8], second[8];
    double *now = first, *next = second;
    for (int i = 0; i < n; i++)
        now[i] = next[i] = v[i];
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(3);
        for (int i = 1; i < n - 1; i++)
            next[i] = now[i] + k * sin(now[i - 1] - 2.0 * now[i] + now[i + 1]);
        double *swap = now;
        now = next;
        next = swap;
    }
    double s = 0.0;
    for (int i = 0; i < n; i++)
        s += now[i] * now[i] * (i + 1);
    return s;
}
