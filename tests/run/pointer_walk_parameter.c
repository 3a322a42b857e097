// The parameter itself is walked.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 1;
    while (n--)
        s *= 1 + *v++;
    return s;
}
