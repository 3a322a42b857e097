// A call of an undeclared function.

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    return x * mystery(x); // error: mystery
}
