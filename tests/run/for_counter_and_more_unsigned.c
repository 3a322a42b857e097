// The same for unsigned counters, which may wrap around, and in a wider type than the counter's.
// test: grad f(n = 6, k = 2, v[12] ~ 0.5..1)
// test: grad f(n = 7, k = 0, v[12] ~ 0.5..1)
// test: grad f(n = 1, k = 3, v[12] ~ 0.5..1)
// test: grad f(n = 0, k = 1, v[12] ~ 0.5..1)
// no-fd: large

#include <adgen.h>
#include <math.h>
#include <stddef.h>
static double at(const double *v, size_t i)
{
    return v[i % 12];
}
#define STEP(i) s = sin(s * 1.3 + at(v, (size_t)(i))) * at(v, 3 * (size_t)(i) + 1) + 0.5 * s
ADGEN_GRAD(v)
double f(size_t n, unsigned k, const double *v)
{
    double s = 1;
    size_t i;
    unsigned m = (unsigned)n, u;
    for (i = 0; i + 1 < n; i++)
        STEP(i);
    s += (double)i * at(v, i);
    for (i = 0; i + 1 <= n; i += 2)
        STEP(i);
    s += (double)i * at(v, i);
    for (i = 0; i + k <= n; i++)
        STEP(i);
    s += (double)i * at(v, i);
    for (i = k; i + k <= n; i++)
        STEP(i);
    s += (double)i * at(v, i);
    for (u = k; u + 1 < m; u += 2)
        STEP(u);
    s += u * at(v, u);
    for (u = 1; u - 1 < m; u++)
        STEP(u);
    s += u * at(v, u);
    for (u = 0; u + (0u - 1u) < m; u++) {
        STEP(u);
        if (s > 100)
            break;
    }
    for (u = m; u - 1 < m; u--)
        STEP(u);
    s += u % 7 * at(v, u);
    for (u = 0u - 1u; u + 1 < m; u++)
        STEP(u);
    s += u * at(v, u);
    for (i = n; i + 1 > 1; i--)
        STEP(i);
    s += (double)i * at(v, i);
    for (i = 0; i < n; i++)
        for (size_t j = i + 1; j + 1 < n; j++)
            STEP(i + j);
    for (int j = 0; (size_t)(j + 1) < n; j++)
        STEP(j);
    for (int j = 2; (size_t)(j - 1) < n; j++)
        STEP(j);
    for (int j = 0; j + 1u < n; j++)
        STEP(j);
    for (int j = 3; j + (long)k > 1; j--)
        STEP(j + 3);
    return s;
}
