// An adjoint goes through an inner loop that runs backwards and adds to it, and each iteration looks at the sum so far.
// test: vjp f(n = 3, x[6] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
double f(int n, const double *x)
{
    double u[4], sum = 0.0;
    for (int i = 0; i < 4; i++)
        u[i] = x[i];
    for (int s = 0; s < n; s++) {
        for (int t = 0; t < 3; t++)
            for (int i = 2; i > 0; i--)
                u[i] += 0.25 * (u[i + 1] - u[i - 1]);
        u[0] = sin(u[0] * x[4] + u[3]);
        u[3] = cos(u[2] * x[5]);
    }
    for (int i = 0; i < 4; i++)
        sum += u[i] * u[i];
    return sum;
}
