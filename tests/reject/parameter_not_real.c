// An integer parameter is to be differentiated.

#include <adgen.h>

ADGEN_GRAD(n) double f(double x, int n) // error: real
{
    return x * n;
}
