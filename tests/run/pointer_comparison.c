// Pointers are compared to decide and to bound.
// test: grad f(n = 5, v[5] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    const double *low = v, *high = v + n - 1;
    double s = 0.5;
    while (low < high) {
        s = s * *low + *high;
        if (s > 0.25 && low + 1 != high)
            low++;
        else
            high--;
    }
    return s;
}
