// Reals in a block of bytes, by pointers to bytes of which one is chosen.
// test: grad f(n = 3, x ~ 0.5)
// test: grad f(n = 3, x ~ 2)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    char *m = (char *)malloc(8 * sizeof(double));
    double *p = (double *)(void *)m;
    double *q = (double *)(void *)(n > 0 ? m + 4 * sizeof(double) : NULL);
    char *at = x > 1 ? m : m + 2 * sizeof(double);
    for (int i = 0; i < 4; i++) {
        p[i] = x;
        q[i] = p[i] * p[0];
    }
    double s = sin(q[0] + p[3]) + ((double *)(void *)at)[1];
    free(m);
    return s * n;
}
