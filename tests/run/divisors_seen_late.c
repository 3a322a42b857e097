// What adjoints are divided by may be computed anew in each iteration of the primal, and be the same in all of them: its
// reciprocal is made before the loop of the reverse sweep, which runs any number of times. A divisor of an inner branch,
// or one that changes, stays where it is.
// test: grad heat(n = 0, steps = 2, u0[1] ~ -1..1, a ~ 0.3, dx ~ 0.5)
// test: grad heat(n = 1, steps = 2, u0[1] ~ -1..1, a ~ 0.3, dx ~ 0.5)
// test: grad heat(n = 2, steps = 3, u0[2] ~ -1..1, a ~ 0.3, dx ~ 0.5)
// test: grad heat(n = 23, steps = 3, u0[23] ~ -1..1, a ~ 0.3, dx ~ 0.5)
// test: grad sides(n = 0, x[1] ~ -1..1, a ~ 0.7)
// test: grad sides(n = 9, x[9] ~ -1..1, a ~ 0.7)
// test: grad sides(n = 9, x[9] ~ 0.1..1, a ~ 0)
// test: grad moving(n = 7, x[7] ~ 0.5..1, a ~ 0.7)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u0, a, dx)
double heat(int n, int steps, const double *u0, double a, double dx)
{
    double u[n + 1], next[n + 1], sum = 0.0;
    for (int i = 0; i < n; i++)
        u[i] = u0[i];
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < n; i++) {
            int left = i > 0 ? i - 1 : n - 1, right = i < n - 1 ? i + 1 : 0;
            next[i] = u[i] + a * (u[right] - 2.0 * u[i] + u[left]) / (dx * dx) + sin(u[i]);
        }
        for (int i = 0; i < n; i++)
            u[i] = next[i];
    }
    for (int i = 0; i < n; i++)
        sum += u[i] * u[i];
    return sum;
}

/* Where a is 0, nothing is divided by it. */
ADGEN_GRAD(x, a)
double sides(int n, const double *x, double a)
{
    double h = 0.4;
    for (int i = 0; i < n; i++)
        if (x[i] < 0.0)
            h = sin(h) * x[i] / (a * a);
        else
            h = cos(h) + a * x[i];
    return h;
}

ADGEN_GRAD(x, a)
double moving(int n, const double *x, double a)
{
    double h = 0.4, d = a;
    for (int i = 0; i < n; i++) {
        h = sin(h) * x[i] / (d * d) + h / (a * a);
        d += 0.1 * x[i];
    }
    return h * d;
}
