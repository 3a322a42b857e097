// Snapshots of the outer steps, and within one, of the inner ones.
// test: grad f(n = 3, outer = 4, inner = 5, u[3] ~ -1..1)
// test: grad f(n = 3, outer = 1, inner = 0, u[3] ~ -1..1)

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
