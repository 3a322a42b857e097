// A syntax error is reported as the parser does.

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    return x *; // error: expected expression
}
