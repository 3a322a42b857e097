// A header that isn't there.

#include "no_such_header.h" // error: no_such_header.h
#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    return x;
}
