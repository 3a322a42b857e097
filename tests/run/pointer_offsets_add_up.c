// One element is reached by different sums of offsets: p[2], (p + 1)[1], (p + 3)[-1].
// test: vjp f(p[4] ~ -1.5..1.5, k = 1)
#include <adgen.h>

ADGEN_VJP(p)
double f(double *p, int k)
{
    double *q = p + 1, *end = p + 3;
    p[2] = p[2] * 0.5;
    q[1] = q[0] * p[3];
    double sum = p[2];
    end[-1] *= p[0];
    sum += p[2] * q[1];
    (q + k)[1] = sum * p[1];
    (p + k + 1)[0] = p[3] * p[0];
    return sum + p[3] * q[1] + end[-2];
}
