// A label that nothing jumps to, and a goto to the next statement.
// test: grad f(x ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = x * x;
unused:
    y += x;
    goto next;
next:
    return y * y;
}
