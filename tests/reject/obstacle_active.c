// Active values go through functions with constructs in them that adgen has no place for.
// note: here
// note: plain C

#include <adgen.h>
#include <complex.h>

double turned(double x)
{
    double complex z = x * cexp(I * x); // error: cannot differentiate complex arithmetic
    return cimag(z);
}

double pinned(double x)
{
    __asm__ volatile("" : "+x"(x));
    return x * x;
}

ADGEN_GRAD(x)
double f(double x)
{
    const double y = turned(x);
    return y + pinned(x);       // error: it has inline assembly (asm) in it
}
