// Two walking pointers merge two sorted arrays.
// test: grad f(n = 3, a[3] ~ 0.5 1.5 4, m = 2, b[2] ~ 1 3)

#include <adgen.h>

ADGEN_GRAD(a, b)
double f(int n, const double *a, int m, const double *b)
{
    double merged[5], *out = merged;
    const double *a_end = a + n, *b_end = b + m;
    while (a != a_end && b != b_end)
        *out++ = *a < *b ? *a++ : *b++;
    while (a != a_end)
        *out++ = *a++;
    while (b != b_end)
        *out++ = *b++;
    double s = 0;
    for (const double *p = merged; p < out; p++)
        s += *p * *p * (double)(p - merged + 1);
    return s;
}
