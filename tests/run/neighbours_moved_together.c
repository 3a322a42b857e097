// What a loop of the reverse sweep adds to an element, in two additions, is gathered with what it adds to the next one
// only where both additions can move: the second reads what the loop writes.
// adgen: --no-substitution
// test: vjp f(n = 3, y ~ -1.5..1.5)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(y)
double f(int n, double y)
{
    double u[7], k[7], l[7], w[7];
    for (int i = 0; i < 7; i++)
        u[i] = y;
    for (int s = 0; s < n; s++) {
        for (int i = 0; i < 7; i++)
            k[i] = sin(u[(i + 1) % 7]) - 0.5 * u[i];
        for (int i = 0; i < 7; i++)
            w[i] = u[i] + 0.1 * k[i];
        double left = 0;
        for (int i = 0; i < 7; i++) {
            const double next = i + 1 < 7 ? w[i + 1] : 0 * w[i];
            const double right = 0.5 * (next - w[i]);
            l[i] = right - left - 0.1 * w[i] * w[i];
            left = right;
        }
        for (int i = 0; i < 7; i++)
            u[i] += 0.1 * (k[i] + l[i]);
    }
    return 0.25 * u[0];
}
