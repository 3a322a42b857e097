// Snapshots of the outer steps; those that are asked for within one change nothing.
// test: grad f(n = 3, outer = 4, inner = 5, u[3] ~ -1..1)
// test: grad f(n = 3, outer = 1, inner = 0, u[3] ~ -1..1)
// test: grad changed_behind(n = 5, u[5] ~ 0.5..1.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u)
double f(int n, int outer, int inner, double *u)
{
    double x = 0.2;
    for (int t = 0; t < outer; t++) {
        ADGEN_CHECKPOINT(2);
        for (int s = 0; s < inner; s++) {
            ADGEN_CHECKPOINT(2);
            for (int i = 0; i < n; i++)
                u[i] = sin(u[i] + x * u[(i + 1) % n]);
            x = x * cos(u[0]);
        }
        x += 0.1 * u[1];
    }
    return x * u[0] + u[1] * u[2];
}

/* What the inner steps read changes behind them. */
ADGEN_GRAD(u)
double changed_behind(int n, const double *u)
{
    double a[n], b[n], sum = 0.0;
    for (int i = 0; i < n; i++) {
        a[i] = atan(u[i]);
        b[i] = cos(u[i]);
    }
    for (int s = 0; s < 2; s++) {
        ADGEN_CHECKPOINT(4);
        for (int t = 0; t < n; t++) {
            ADGEN_CHECKPOINT(4);
            sum += 0.125 * a[0] * b[1];
            for (int i = 0; i < n; i++)
                b[i] = 0.5 * b[i] + 0.25 * a[i] * b[i] / (1.0 + b[i] * b[i]);
        }
        for (int i = 0; i < n; i++)
            a[i] = 0.5 * b[i] * a[i];
    }
    return sum;
}
