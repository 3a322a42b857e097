// A loop whose constant bounds leave no iteration between them isn't there.
// test: grad f(x[3] ~ 0.5 1.5 2.5)

#include <adgen.h>

enum { SKIPPED = 3, N = 3 };

ADGEN_GRAD(x)
double f(const double x[N])
{
    double a[N] = {0.0}, sum = 0.0, last = x[1];
    for (int i = SKIPPED; i < N; i++) {
        a[i - SKIPPED] += x[i];
        last *= x[i];
    }
    for (unsigned i = 4; i <= N; i++)
        sum += x[i];
    for (int i = N; i > SKIPPED; i--)
        sum -= x[i] * last;
    for (int i = 0; i < N; i++)
        sum += (a[i] + x[i]) * x[i] * last;
    return sum;
}
