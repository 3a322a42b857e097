// Assembly from which control may go to labels.

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    __asm__ goto("" : : : : out); // error: inline assembly
    return x * x;
out:
    return x;
}
