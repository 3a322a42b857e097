// A volatile flag that stays passive.
// test: grad f(x ~ 0.5)
// before: stop = 3;

#include <adgen.h>

volatile int stop = 3;

ADGEN_GRAD(x)
double f(double x)
{
    double y = x;
    for (int i = 0; i < stop; i++)
        y = y * x + 1;
    return y;
}
