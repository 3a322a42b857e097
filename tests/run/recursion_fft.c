// A recursive Fourier transform with local arrays.
// test: grad f(x[8] ~ -1..1)

#include <adgen.h>
#include <math.h>

static void transform(int n, int stride, const double *x, double *re, double *im)
{
    if (n == 1) {
        re[0] = x[0];
        im[0] = 0;
        return;
    }
    double er[4], ei[4], odd_r[4], odd_i[4];
    transform(n / 2, 2 * stride, x, er, ei);
    transform(n / 2, 2 * stride, x + stride, odd_r, odd_i);
    for (int k = 0; k < n / 2; k++) {
        const double c = cos(-6.28318530717958647692 * k / n), s = sin(-6.28318530717958647692 * k / n);
        const double tr = c * odd_r[k] - s * odd_i[k], ti = c * odd_i[k] + s * odd_r[k];
        re[k] = er[k] + tr;
        im[k] = ei[k] + ti;
        re[k + n / 2] = er[k] - tr;
        im[k + n / 2] = ei[k] - ti;
    }
}

ADGEN_GRAD(x)
double f(const double *x)
{
    double re[8], im[8], s = 0;
    transform(8, 1, x, re, im);
    for (int k = 0; k < 8; k++)
        s += (re[k] * re[k] + im[k] * im[k]) * (re[k] + k);
    return s;
}
