// An undeclared name.

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    return x * y; // error: undeclared
}
