// Loops that compare the counter and something: i + 1 < n. They run as often, and leave the same counter behind.
// test: grad f(n = 6, k = 2, v[12] ~ 0.5..1)
// test: grad f(n = 7, k = 0, v[12] ~ 0.5..1)
// test: grad f(n = 1, k = 3, v[12] ~ 0.5..1)
// test: grad f(n = 0, k = -1, v[12] ~ 0.5..1)
// test: grad f(n = -3, k = 1, v[12] ~ 0.5..1)

#include <adgen.h>
#include <math.h>
#include <stddef.h>
static double at(const double *v, long i)
{
    return v[((i % 12) + 12) % 12];
}
#define STEP(i) s = sin(s * 1.3 + at(v, (long)(i))) * at(v, 3 * (long)(i) + 1) + 0.5 * s
ADGEN_GRAD(v)
double f(int n, int k, const double *v)
{
    double s = 1;
    int i;
    for (i = 0; i + 1 < n; i++)
        STEP(i);
    s += i * at(v, i);
    for (i = 0; i + 1 <= n; i++)
        STEP(i);
    s += i * at(v, i);
    for (i = k; i + k < n; i += 2)
        STEP(i);
    s += i * at(v, i);
    for (i = k; k + i <= n; i += 3)
        STEP(i);
    s += i * at(v, i);
    for (i = n; i - 1 >= 0; i--)
        STEP(i);
    s += i * at(v, i);
    for (i = n; i - k > 0; i -= 2)
        STEP(i);
    s += i * at(v, i);
    for (i = n - 1; i - 2 >= k; --i)
        STEP(i);
    s += i * at(v, i);
    for (i = 0; i - 3 < n; i++)
        STEP(i);
    s += i * at(v, i);
    for (i = n; i + 2 > k; i--)
        STEP(i);
    s += i * at(v, i);
    if (n > 0)
        for (i = 0; i + 1 != n; i++)
            STEP(i);
    s += i * at(v, i);
    for (i = 0; n > i + 1; ++i)
        for (int j = i + 1; j + 1 < n; j++)
            STEP(i + j);
    for (i = 0; i + 2 < 8; i++)
        STEP(i);
    for (long j = 1; j + k <= 5; j++)
        STEP(j);
    return s;
}
