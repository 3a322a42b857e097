// The smallest output.

#include <adgen.h>

ADGEN_GRAD(x)
double square(double x)
{
    return x * x;
}
