// _Bool values decide and multiply.
// test: grad f(x ~ 0.5, y ~ 2)
// test: grad f(x ~ 3, y ~ 2)

#include <adgen.h>
#include <stdbool.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    bool less = x < y;
    _Bool both = less && y > 1;
    if (both)
        x = x * y;
    return x + less * y;
}
