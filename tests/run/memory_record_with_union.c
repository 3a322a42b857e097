// memset and memcpy of structs with a union of integers.
// test: grad f(x[2] ~ -1..1)
// no-dual: a union

#include <adgen.h>
#include <string.h>

typedef struct {
    union {
        int lag;
        struct {
            short low, high;
        } parts;
        unsigned long bits;
    } u;
    double h[2];
} state;

ADGEN_GRAD(x)
double f(const double *x)
{
    state s, before, rows[3];
    memset(&s, 0, sizeof s);
    memset(rows, 0, sizeof rows);
    double sum = s.u.bits == 0 && rows[2].u.bits == 0 ? x[0] : 0.0;
    s.u.lag = 1;
    for (int t = 0; t < 3; t++) {
        memcpy(&before, &s, sizeof s);
        s.h[0] = x[0] * before.h[before.u.lag] + x[1];
        s.h[1] = before.h[0] * s.h[0];
        s.u.parts.low = (short)!s.u.parts.low;
        memmove(rows + t, &s, sizeof *rows);
    }
    for (int t = 0; t < 3; t++)
        sum += rows[t].h[rows[t].u.lag] * s.h[0];
    return sum;
}
