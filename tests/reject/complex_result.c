// A function that returns a complex number.
// note: by pointers

#include <adgen.h>
#include <complex.h>

ADGEN_VJP(x)
double complex f(double x, double y) // error: a complex result
{
    return x * x + y * I;
}
