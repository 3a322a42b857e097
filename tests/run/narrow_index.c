// Indices that are cut to narrow types wrap around: what is added behind the cast leads to no neighbours of what is added
// before, and elements are met again, others never. Bounds far apart: no loop, and no overflow where that is asked.
// test: grad ring(n = 258, x[257] ~ -1..1)
// test: grad again(n = 258, x[258] ~ -1..1)
// test: grad some_read(n = 258, x[258] ~ -1..1)
// test: grad some_filled(n = 258, x[258] ~ -1..1)
// test: grad side_by_side(n = 258, x[258] = -1..1, w[3] ~ -1..1)
// test: grad apart(from = 2000000000, to = -2000000000, x[4] ~ -1..1)
// test: grad apart(from = 1, to = 3, x[4] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double ring(int n, const double *x)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += (i + 1) * x[(unsigned char)i] * x[(unsigned char)i + 1];
    return s;
}

ADGEN_GRAD(x)
double again(int n, const double *x)
{
    double a[256], s = 0;
    for (int i = 0; i < n; i++)
        a[(unsigned char)i] = x[i] * x[i];
    for (int i = 0; i < 256; i++)
        s += sin(a[i]);
    return s;
}

ADGEN_GRAD(x)
double apart(int from, int to, const double *x)
{
    double s = 0;
    for (int i = from; i < to; i++)
        s += x[i] * x[i + 1] * x[i - 1];
    return s;
}

ADGEN_GRAD(x)
double some_read(int n, const double *x)
{
    double a[n], s = 0;
    for (int i = 0; i < n; i++)
        a[i] = x[i] * x[i];
    for (int i = 0; i < n; i++)
        s += a[(unsigned char)i] * x[i];
    return s;
}

ADGEN_GRAD(x)
double some_filled(int n, const double *x)
{
    double s = 0;
    for (int t = 0; t < 2; t++) {
        double a[n];
        for (int i = 0; i < n; i++)
            a[i] = x[i] * x[i];
        for (int i = 0; i < (unsigned char)n; i++)
            a[i] = sin(x[i]) * t;
        for (int i = 0; i < n; i++)
            s += a[i] * a[i] * a[i];
    }
    return s;
}

ADGEN_GRAD(w)
double side_by_side(int n, const double *x, const double *w)
{
    double s = 0;
    for (int k = 0; k < 3; k++) {
        double g = 0;
        for (int i = 0; i < n; i++)
            g += w[k] * x[(unsigned char)(i + 250)] * x[i];
        s += g * g;
    }
    return s;
}
