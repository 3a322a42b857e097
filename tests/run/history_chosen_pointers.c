// A state that a pointer, carried by the loop, leads to as well: its history is not all there is of it.
// test: grad f(n = 4, u[6] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u)
double f(int n, const double *u)
{
    double a[n], b[n], c[6], d[6], r = 0;
    double *p = a, *q = b;
    for (int i = 0; i < n; i++) {
        a[i] = 0.5;
        b[i] = u[i];
        c[i] = u[i];
        d[i] = 0.5;
    }
    for (int t = 0; t < 2; t++) {
        for (int i = 0; i < n; i++) {
            double k = q[i];
            for (int j = 0; j < n; j++)
                k += 0.125 * q[j] * a[j];
            d[i] = tanh(k);
        }
        double *z = p;
        p = q;
        q = z;
        for (int i = 0; i < n; i++) {
            double k = c[i];
            for (int j = i; j < n; j++)
                k += 0.125 * c[j] * p[i];
            a[i] = tanh(k);
        }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                d[j] += 0.125 * q[i];
    }
    for (int i = 0; i < n; i++)
        r += 0.25 * sin(d[i]);
    return r;
}
