// Two places of one array that are the bound of a loop apart: different where the counter is 0 or more and below it;
// not where it comes from below 0, reaches the bound, or is the bound of another loop.
// test: vjp transform(n = 1, re[1] ~ -1..1, im[1] ~ -1..1, c[8] = 0.3 0.9 -0.4 0.7 0.2 -0.8 0.6 0.1, s[8] = 0.5 -0.2 0.8 0.4 -0.9 0.3 0.7 -0.6)
// test: vjp transform(n = 2, re[2] ~ -1..1, im[2] ~ -1..1, c[8] = 0.3 0.9 -0.4 0.7 0.2 -0.8 0.6 0.1, s[8] = 0.5 -0.2 0.8 0.4 -0.9 0.3 0.7 -0.6)
// test: vjp transform(n = 16, re[16] ~ -1..1, im[16] ~ -1..1, c[8] = 0.3 0.9 -0.4 0.7 0.2 -0.8 0.6 0.1, s[8] = 0.5 -0.2 0.8 0.4 -0.9 0.3 0.7 -0.6)
// test: vjp from_below(h = 0, x[10] ~ -1..1)
// test: vjp from_below(h = 3, x[10] ~ -1..1)
// test: vjp up_to(h = 0, x[9] ~ -1..1)
// test: vjp up_to(h = 3, x[9] ~ -1..1)
// test: vjp other_bound(h = 0, g = 3, x[9] ~ -1..1)
// test: vjp other_bound(h = 2, g = 3, x[9] ~ -1..1)

#include <adgen.h>

ADGEN_VJP(re, im)
void transform(int n, double *re, double *im, const double *c, const double *s)
{
    for (int length = 2; length <= n; length *= 2) {
        int half = length / 2, stride = n / length;
        for (int i = 0; i < n; i += length)
            for (int k = 0; k < half; k++) {
                double a = re[i + k + half] * c[k * stride] - im[i + k + half] * s[k * stride];
                double b = re[i + k + half] * s[k * stride] + im[i + k + half] * c[k * stride];
                re[i + k + half] = re[i + k] - a;
                im[i + k + half] = im[i + k] - b;
                re[i + k] += a;
                im[i + k] += b;
            }
    }
}

ADGEN_VJP(x)
void from_below(int h, double *x)
{
    for (int k = -1; k < h; k++) {
        double a = x[k + 1 + h] * 3;
        x[k + 1 + h] = x[k + 1] - a;
        x[k + 1] += a * a;
    }
    for (int k = -1; k < h; k++) {
        double a = x[4 + k + h] * 3;
        x[4 + k + h] = x[4 + k] - a;
        x[4 + k] += a * a;
    }
}

ADGEN_VJP(x)
void up_to(int h, double *x)
{
    for (int k = 0; k <= h; k++) {
        double a = x[k + h] * 3;
        x[k + h] = x[k] - a;
        x[k] += a * a;
    }
}

ADGEN_VJP(x)
void other_bound(int h, int g, double *x)
{
    for (int k = 0; k < g; k++) {
        double a = x[k + h] * 3;
        x[k + h] = x[k] - a;
        x[k] += a * a;
    }
}
