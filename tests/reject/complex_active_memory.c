// Complex numbers in memory that active values went to, by a loop, a library function and an output.
// note: real and imaginary parts as two reals

#include <adgen.h>
#include <complex.h>

ADGEN_GRAD(x)
double f(int n, const double *x, double complex *out)
{
    double complex z[8] = {0};
    for (int i = 0; i < n; i++)
        z[i] += x[i];         // error: complex arithmetic
    out[0] = conj(z[1]);      // error: complex arithmetic
    return cabs(z[0]) + x[0]; // error: complex arithmetic
}
