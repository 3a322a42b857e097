// memmove with overlap, as a shift register.
// test: grad f(n = 6, v[6] ~ -1..1)

#include <adgen.h>
#include <string.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double line[3] = {0, 0, 0}, s = 0;
    for (int i = 0; i < n; i++) {
        memmove(line + 1, line, 2 * sizeof line[0]);
        line[0] = v[i] * v[i];
        s += line[0] * line[2] + line[1];
    }
    return s;
}
