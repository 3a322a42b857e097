// A pointer walks, backwards too, in an array of a helper that a loop calls.
// test: grad f(n = 4, x[4] ~ -1..1)

#include <adgen.h>

/* Clenshaw's sum of c[1] sin(2x) + ...: it walks down from the end. */
static double series(double s, double c, const double coefficients[], int n)
{
    const double ar = 2 * (c - s) * (c + s);
    coefficients += n + 1;
    double y0 = n & 1 ? *--coefficients : 0, y1 = 0;
    n /= 2;
    while (n--) {
        y1 = ar * y0 - y1 + *--coefficients;
        y0 = ar * y1 - y0 + *--coefficients;
    }
    return 2 * s * c * y0;
}

static double term(double x, int k)
{
    double work[6];
    double *p = work;
    do
        *p++ = x * x * (k + 1) + x;
    while (p != work + 6);
    return series(x, 1 - x, work, 3 + k % 3);
}

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double sum = 0, t = x[0];
    for (int i = 0; i < n; i++) {
        t = term(0.25 * x[i] + 0.01 * t, i);
        if (t > 100)
            break;
        sum += t;
    }
    return sum;
}
