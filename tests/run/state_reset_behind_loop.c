// A state of which each step computes all but one element anew; that one is set behind the loop.
// test: grad computed(n = 6, steps = 4, x[6] ~ 0.3..0.9, w[24] ~ 0.3..0.9)
// test: grad set(n = 6, steps = 4, x[6] ~ 0.3..0.9, w[24] ~ 0.3..0.9)
// no-dual: arrays of variable length
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, w)
double computed(int n, int steps, const double *x, const double *w)
{
    double u[n], next[n], total = 0.0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int s = 0; s < steps; s++) {
        for (int i = 1; i < n; i++)
            next[i] = w[i] * u[i] * u[i - 1];
        double sum = 0.0;
        for (int i = 1; i < n; i++) {
            next[i] = next[i] * w[s * n + i];
            sum += next[i] * next[i];
        }
        total += sum;
        for (int i = 1; i < n; i++)
            u[i] = next[i] * w[s];
    }
    u[0] = total * 0.1;
    return total + u[0] * u[1];
}

ADGEN_GRAD(x, w)
double set(int n, int steps, const double *x, const double *w)
{
    double u[n], next[n], total = 0.0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int s = 0; s < steps; s++) {
        for (int i = 1; i < n; i++)
            next[i] = w[i] * u[i] * u[i - 1];
        double sum = 0.0;
        for (int i = 1; i < n; i++) {
            next[i] = next[i] * w[s * n + i];
            sum += next[i] * next[i];
        }
        total += sum;
        for (int i = 1; i < n; i++)
            u[i] = next[i] * w[s];
    }
    u[0] = 7.0;
    return total + u[0] * u[1];
}
