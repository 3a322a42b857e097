// Pointers that walk backwards, by more than one element, and to an element before the end.
// test: grad f(n = 6, k = 2, v[12] ~ 0.5..1)
// test: grad f(n = 7, k = 1, v[12] ~ 0.5..1)
// test: grad f(n = 1, k = 0, v[12] ~ 0.5..1)
// test: grad f(n = 0, k = 1, v[12] ~ 0.5..1)

#include <adgen.h>
#include <math.h>
#define STEP(p) s = sin(s * 1.3 + *(p)) * v[11 - ((p)-v)] + 0.5 * s
ADGEN_GRAD(v)
double f(int n, int k, const double *v)
{
    double s = 1, w[12];
    const double *p, *end = v + n;
    for (p = v; p + 1 < end; p++)
        STEP(p);
    s += (double)(p - v) * v[0];
    for (p = v; p < end; p += 2)
        STEP(p);
    s += (double)(p - v) * v[0];
    for (p = v; p + 2 <= end; p += 3)
        STEP(p);
    s += (double)(p - v) * v[0];
    for (p = end; p > v; p--)
        STEP(p - 1);
    s += (double)(p - v) * v[0];
    for (p = end; p-- > v;)
        STEP(p);
    for (p = end; p != v; --p)
        STEP(p - 1);
    s += (double)(p - v) * v[0];
    for (p = v + 11; p >= v + n; p -= 2)
        STEP(p);
    s += (double)(p - v) * v[0];
    for (p = v + 11; p - k > v + 2; p--)
        STEP(p);
    s += (double)(p - v) * v[0];
    for (p = end; p > v;) {
        --p;
        STEP(p);
    }
    for (int i = 0; i < 12; i++)
        w[i] = v[i] * s;
    for (double *q = w + n; q > w; q--)
        q[-1] = sin(*q * s) + q[-1];
    for (double *q = w, *r = w + 11; q < r; q++, r--) {
        double t = *q;
        *q = *r * t;
        *r = t;
    }
    for (double *q = w + 11; q - 1 >= w; q -= 3)
        s += *q * q[-1];
    return s;
}
