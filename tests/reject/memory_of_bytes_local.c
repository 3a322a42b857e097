// A local array of bytes that values are put in: it is said once.
// note: take memory from malloc

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    unsigned char pool[256]; // error: cannot differentiate through 'pool', whose type does not lead to the values in it
    double *p = (double *)(void *)pool, *q = p + n;
    for (int i = 0; i < n; i++) {
        p[i] = v[i];
        q[i] = p[i] * p[0];
    }
    return q[n - 1] * p[1];
}
