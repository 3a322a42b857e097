// A name in the request that is no parameter.

#include <adgen.h>

ADGEN_GRAD(z) double f(double x) // error: z
{
    return x * x;
}
