// _Static_assert at file scope and in a block.
// test: grad f(x ~ 0.5)

#include <adgen.h>
#include <assert.h>

enum { N = 3 };
_Static_assert(N > 2, "N");

ADGEN_GRAD(x)
double f(double x)
{
    static_assert(sizeof(int) >= 2, "int");
    double y = x;
    for (int i = 0; i < N; i++)
        y = y * y + x;
    return y;
}
