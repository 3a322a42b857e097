// for (;;) that ends by break.
// test: grad f(n = 5, v[5] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.25;
    int i = 0;
    for (;;) {
        if (i >= n)
            break;
        s = s * s + v[i];
        i++;
    }
    return s;
}
