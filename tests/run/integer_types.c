// Narrow, wide and unsigned integers that wrap and promote, in indices and factors.
// test: grad f(v[6] ~ -1..1)

#include <adgen.h>
#include <stdint.h>

ADGEN_GRAD(v)
double f(const double *v)
{
    uint8_t wrap = 254;
    int16_t narrow = -3;
    uint64_t wide = 1;
    double s = 0.5;
    for (uint8_t i = 0; i < 6; i++) {
        wrap++;
        narrow += 2;
        wide = wide << 5 ^ wide;
        s = s * v[wide % 6] + v[wrap % 6] * narrow + v[i] * (-7 / 2) + v[i] * (i - 3);
    }
    return s;
}
