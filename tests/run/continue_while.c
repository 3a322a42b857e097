// continue in while and do.
// test: grad f(n = 6, v[6] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 1;
    int i = 0;
    while (i < n) {
        const int k = i++;
        if (k % 3 == 1)
            continue;
        s += v[k] * s;
    }
    do {
        i--;
        if (i % 2)
            continue;
        s *= 1 + 0.5 * v[i];
    } while (i > 0);
    return s;
}
