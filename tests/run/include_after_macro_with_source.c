// A macro of the source takes a name of libc's; the output includes the source.
// test: grad f(n = 3, x[3] ~ -1..1)
// adgen: --with-source

#include <adgen.h>

#define abs(x) ((x) >= 0 ? (x) : -(x))

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double carried = 1;
    while (abs(n) > 0)
        carried = carried * x[--n] + carried * carried;
    return carried;
}
