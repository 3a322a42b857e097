// Functions of a header have types of their own, named or not, the same names for different ones: the output has all.
// test: grad f(x ~ -1..1)

#include <adgen.h>
#include <math.h>

#include "parts/local_types.h"

ADGEN_GRAD(x)
double f(double x)
{
    const struct point p = {x, table[1]};
    const values scale = two;
    return of_unnamed(x) * of_tag(p.a) + scale * of_same_tag(x) * p.b + of_typedef(x);
}
