// A loop with two entries.

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int k)
{
    int i = 0;
    if (k > 0)
        goto middle; // error?: goto
top:
    x = x * x;
middle: // error?: goto
    x = x + 1;
    if (++i < 4)
        goto top; // error?: goto
    return x;
}
