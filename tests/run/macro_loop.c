// A macro that makes the head of a loop.
// test: grad f(n = 4, v[4] ~ 1 2 3 4)

#include <adgen.h>

#define EACH(i, n) for (int i = 0; i < (n); i++)

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 1;
    EACH(i, n)
    {
        s *= v[i] + i;
    }
    return s;
}
