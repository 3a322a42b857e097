// test: grad shift(n = 5, x[5] ~ -1..1)
// Which of two pointers is ahead is known where they lead to one variable: gcc warns of an array that is compared.
#include <adgen.h>

#include <string.h>

ADGEN_GRAD(x)
double shift(int n, const double *x)
{
    double a[5], b[5], *p = a, *q = b, sum = 0.0;
    for (int i = 0; i < n; i++) {
        a[i] = x[i] * x[i];
        b[i] = 2.0 * x[i];
    }
    for (int k = 0; k < 1; k++) {
        double *t = p;
        p = q;
        q = t;
    }
    memmove(q, a, (size_t)n * sizeof *a);
    memmove(p, q, sizeof *a);
    for (int i = 0; i < n; i++)
        sum += p[i] * q[i] * x[i];
    return sum;
}
