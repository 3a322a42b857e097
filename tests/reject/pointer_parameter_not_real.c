// An array of integers is to be differentiated.

#include <adgen.h>

ADGEN_GRAD(v) double f(double x, const int *v) // error: real
{
    return x * v[0];
}
