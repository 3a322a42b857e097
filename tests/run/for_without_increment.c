// for with the step in the body.
// test: grad f(n = 5, v[5] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 1.0;
    for (int i = 0; i < n;) {
        s *= 1 + v[i];
        i++;
    }
    return s;
}
