// Something else than names in the annotation.

#include <adgen.h>

ADGEN_GRAD(x + 1) double f(double x) // error: x + 1|name|request|+
{
    return x;
}
