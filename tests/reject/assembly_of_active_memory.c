// Assembly that is given a pointer to what is differentiated, and may change anything there.
// note: ADGEN_CUSTOM_VJP

#include <adgen.h>

ADGEN_GRAD(x)
double f(const double *x, double *y)
{
    y[0] = x[0] * 2;
    __asm__ volatile("" : : "r"(y) : "memory"); // error: operand 1 carries a derivative
    return y[0] * x[1];
}
