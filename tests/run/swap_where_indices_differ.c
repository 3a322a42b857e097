// Elements change places, by indices from outside: only where the branch says that they are two elements is the one
// known to stay when the other is written.
// test: vjp f(n = 5, place[5] = 4 2 1 3 0, x[5] ~ -1..1, y[5] ~ -1..1)
// test: vjp f(n = 5, place[5] = 0 0 0 0 0, x[5] ~ -1..1, y[5] ~ -1..1)

#include <adgen.h>

ADGEN_VJP(x, y)
void f(int n, const int *place, double *x, double *y)
{
    for (int i = 0; i < n; i++) {
        const int j = place[i];
        if (i < j && n > 2) {
            const double t = x[i];
            x[i] = x[j];
            x[j] = t;
        }
        if (i == j) {
            const double t = y[i];
            y[i] = 2.0 * y[j];
            y[j] += t * t;
        } else {
            const double t = y[i];
            y[i] = y[j] * y[j];
            y[j] = t * y[i];
        }
        if (i <= j) {
            x[i] *= x[j];
            x[j] += x[i];
        }
    }
}
