// Recursive functions that only read, of memory that their caller writes: after the call, or in an array of its own.
// test: grad f(n = 4, x[4] ~ 0.5..1.5)

#include <adgen.h>
#include <math.h>

static double power(const double *x, int n)
{
    return n ? x[0] * x[n] * power(x, n - 1) : sin(x[0]);
}

static double inner(const double *x, int n)
{
    const double two[2] = {x[0] * x[1], x[1]};
    return n ? two[0] * power(two, 1) * inner(x + 1, n - 1) : x[0];
}

ADGEN_GRAD(x)
double f(int n, double *x)
{
    double work[4], s = 0.0;
    for (int k = 0; k < n; k++) {
        for (int i = 0; i < 4; i++)
            work[i] = x[i] + k;
        s += power(work, 3);
    }
    s += power(x, n - 1) + inner(x, 2);
    for (int i = 0; i < n; i++)
        x[i] = s * x[i];
    return s + power(x, n - 1);
}
