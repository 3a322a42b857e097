// do whose condition is on the active value.
// test: grad f(x ~ 0.75)
// test: grad f(x ~ 9)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = x;
    do
        y = y * y + 0.25;
    while (y < 4.0);
    return y + x;
}
