// The definition is missing.

#include <adgen.h>

ADGEN_GRAD(x) double f(double x); // error: definition|defined|body
