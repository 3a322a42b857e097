// What an included file declares depends on a macro that the source defines before it; another macro takes a name of libc's.
// test: grad f(n = 3, x[3] ~ -1..1)

#include <adgen.h>

#define UNUSED 1
#undef UNUSED
#define SCALE 3
#include "parts/precision.h"

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    record r = {{0}};
    double carried = 1;
    for (int i = 0; abs(i) < n; i++) {
        r.values[i] = x[i] * scale;
        carried = carried * r.values[i] + carried * carried;
    }
    return carried * r.values[2];
}
