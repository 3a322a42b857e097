// Shifts and masks in indices.
// test: grad f(v[8] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(const double v[8])
{
    double s = 0;
    for (unsigned i = 0; i < 8; i++)
        s += v[i ^ 1] * v[(i << 1) & 7] + v[i >> 1] * (i | 2);
    return s;
}
