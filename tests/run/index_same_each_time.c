// test: grad f(n = 2, y ~ 0.4..0.7, u[5] ~ -1..1)
// An index that is the same in each iteration, though it takes a formula. (clang 14 -O3 loses additions where an array
// of such indices is kept.)
#include <adgen.h>

#include <math.h>

ADGEN_GRAD(y, u)
double f(int n, double y, const double u[5])
{
    double h[5] = {0}, c[5] = {0}, w[20], loss = 0.0;
    for (int i = 0; i < 4 * (n + 1); i++)
        w[i] = y;
    for (int t = 0; t < n; t++) {
        for (int i = 0; i < n + 1; i++) {
            const double x = u[(int)(4.9 * fabs(sin(y)))];
            const double forget = 1 / (1 + exp(-(x * w[i] + h[i])));
            const double take = 1 / (1 + exp(-(h[i] * w[n + 1 + i])));
            const double change = tanh(h[i] * w[2 * (n + 1) + i] + x);
            c[i] = c[i] * forget + take * change;
            h[i] = w[3 * (n + 1) + i] * tanh(c[i]);
        }
        double sum = 2.0;
        for (int i = 0; i < n + 1; i++)
            sum += exp(h[i]);
        loss += log(sum);
    }
    return loss;
}
