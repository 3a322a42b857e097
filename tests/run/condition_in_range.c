// A comparison is 0 or 1, so that comparing it with 3 says nothing, which compilers warn about.
// test: grad f(n = 2, x ~ 0.3, y ~ 0.7)
// test: grad f(n = 3, x ~ 0.9, y ~ 0.7)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(int n, double x, double y)
{
    unsigned m = (unsigned)(x < y ? (n * 0 + 1) % 4 : 0);
    return m < 3 ? x * y : m < 1 ? x : y;
}
