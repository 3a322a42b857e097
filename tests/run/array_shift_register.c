// A shift register that is fed in a loop.
// test: grad f(n = 6, v[6] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double line[3] = {0, 0, 0}, s = 0;
    for (int i = 0; i < n; i++) {
        for (int k = 2; k > 0; k--)
            line[k] = line[k - 1];
        line[0] = v[i] * v[i];
        s += line[0] * line[1] + 0.5 * line[2];
    }
    return s;
}
