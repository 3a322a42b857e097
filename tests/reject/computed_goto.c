// A goto to an address.

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int k)
{
    static void *const labels[] = {&&square, &&twice}; // error?: label|goto
    goto *labels[k];                                   // error?: goto
square:
    return x * x;
twice:
    return 2 * x;
}
