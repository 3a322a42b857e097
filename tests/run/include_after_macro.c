// What an included file declares depends on a macro that the source defines before it; another macro takes a name of libc's.
// test: grad f(n = 3, x[3] ~ -1..1)
// no-dual: the header's numbers are of the macro's type

#include <adgen.h>

#define UNUSED 1
#undef UNUSED
#define REAL float
#include "parts/precision.h"

ADGEN_GRAD(x)
real f(int n, const real *x)
{
    real carried = 1;
    for (int i = 0; abs(i) < n; i++)
        carried = carried * x[i] + carried * carried;
    return carried;
}
