// Arrays that are kept for several loops are reserved together where the first of them is made, but for those whose
// sizes are known only later.
// test: grad loops(n = 5, m = 3, w[5] ~ -1..1, x[5] = -1..1)
// test: grad loops(n = 1, m = 1, w[1] ~ -1..1, x[1] = -1..1)
// test: grad loops(n = 0, m = 0, w[1] ~ -1..1, x[1] = -1..1)
// test: grad loops(n = -3, m = -2, w[1] ~ -1..1, x[1] = -1..1)
// test: grad loops(n = 80, m = 60, w[80] ~ -0.1..0.1, x[80] = -1..1)
// test: grad found(n = 6, w[6] ~ 0.5..1, x[6] = 0.5..1)
// test: grad found(n = 0, w[1] ~ 0.5..1, x[1] = 0.5..1)
// test: grad split(n = 7, parts = 3, w[7] ~ -1..1)
// test: grad split(n = 7, parts = 0, w[7] ~ -1..1)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(w)
double loops(int n, int m, const double *w, const double *x)
{
    double a = 0.5, b = 0.0;
    for (int i = 0; i < n; i++)
        a = sin(a * w[i] + x[i]);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++) {
            if (b > 0.3)
                b = cos(b * w[i] * a);
            else
                b = b * b + exp(b * w[j]) - x[j];
        }
    return a * b;
}

/* The second loop's length is what the first one counts. */
ADGEN_GRAD(w)
double found(int n, const double *w, const double *x)
{
    double a = 1.0, b = 1.0;
    int count = 0;
    for (int i = 0; i < n; i++) {
        a = sin(a * w[i]);
        count += a > 0.4 * x[i];
    }
    for (int i = 0; i < count; i++) {
        a = a * cos(b * w[i]);
        b = sin(a + b * x[i]);
    }
    return a * b;
}

/* A size that must not be computed before what makes it computable is asked. */
ADGEN_GRAD(w)
double split(int n, int parts, const double *w)
{
    double a = 1.0;
    for (int i = 0; i < n; i++)
        a = sin(a * w[i]);
    if (parts == 0)
        return a;
    double b = 1.0;
    for (int i = 0; i < n / parts; i++) {
        a = cos(a * w[i] + b);
        b = sin(a * b);
    }
    return a * b;
}
