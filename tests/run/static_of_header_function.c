// A table that is static in a function of a header: the output has its own, for the header's has no name outside.
// test: grad f(x ~ 0.5)

#include <adgen.h>
#include "parts/static_table.h"

ADGEN_GRAD(x)
double f(double x)
{
    return from_table(2) * x * x;
}
