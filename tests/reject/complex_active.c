// Complex numbers that carry derivatives.
// note: real and imaginary parts as two reals

#include <adgen.h>
#include <complex.h>

ADGEN_GRAD(x)
double f(double x)
{
    double complex z = x + 2.0 * I; // error: complex arithmetic
    return creal(z * z);            // error?: complex arithmetic
}
