// What a function writes through a parameter, nothing else overlaps: the derivative declares such parameters restrict,
// arrays, rows and records, walked through or not; not those with pointers in them, or with calls that see them.
// test: vjp scale(n = 5, a[2] ~ 0.7 1.2, x[5] ~ -1..1, y[5] > -1..1)
// test: vjp rows(n = 4, x[4][3] ~ -1..1, y[4][3] > -1..1)
// test: vjp pair(x[2] ~ 0.5..1, q > {re > 0.3, im > 0.4})
// test: vjp walk(n = 6, x[6] ~ -1..1, y[6] > -1..1)
// test: vjp either(which = 1, n = 3, x[3] ~ -1..1, y[3] > -1..1, z[3] > 1..2)
// test: vjp either(which = 0, n = 3, x[3] ~ -1..1, y[3] > -1..1, z[3] > 1..2)
// test: vjp in_place(n = 5, x[5] ~ -1..1)
#include <adgen.h>
#include <math.h>
#include <stdio.h>

ADGEN_VJP(a, x)
void scale(int n, const double *a, const double *x, double *y)
{
    for (int i = 0; i < n; i++)
        y[i] = a[0] * sin(x[i]) + a[1];
}

ADGEN_VJP(x)
void rows(int n, const double (*x)[3], double (*const y)[3])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < 3; j++)
            y[i][j] = x[i][0] * x[i][j];
}

struct complex_pair {
    double re, im;
};

ADGEN_VJP(x, q)
void pair(const double *x, struct complex_pair *q)
{
    q->re = x[0] * x[1];
    q->im = x[0] * x[0] - x[1] * q->re;
}

ADGEN_VJP(x)
void walk(int n, const double *x, double *y)
{
    double *end = y + n;
    for (double *p = y; p != end; p++, x++)
        *p += *x * *x * *p;
}

ADGEN_VJP(x)
void either(int which, int n, const double *x, double *y, double *z)
{
    double *to = which ? y : z;
    for (int i = 0; i < n; i++)
        to[i] = to[i] * x[i] + z[i];
}

ADGEN_VJP(x)
void in_place(int n, double *x)
{
    if (n > 100)
        printf("%d\n", n);
    for (int i = 1; i < n; i++)
        x[i] = x[i] * x[i - 1];
}
