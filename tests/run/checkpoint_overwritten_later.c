// What the steps read is written behind their loop; two loops work on one array.
// test: grad f(n = 4, steps = 6, u[4] ~ -1..1, c[4] ~ 0..1)
// test: grad f(n = 4, steps = 0, u[4] ~ -1..1, c[4] ~ 0..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u, c)
double f(int n, int steps, double *u, double *c)
{
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(2);
        for (int i = 1; i < n; i++)
            u[i] = sin(u[i] * u[i - 1] * c[i] + c[0]);
    }
    double s = u[n - 1];
    for (int i = 0; i < n; i++)
        c[i] = u[i] * c[i];
    u[0] = 2.0 * u[0] * u[1];
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(3);
        for (int i = 0; i < n - 1; i++)
            u[i] = cos(u[i] + u[i + 1] * c[i]);
    }
    for (int i = 0; i < n; i++)
        s += u[i] * c[i];
    c[1] = 3.0;
    return s;
}
