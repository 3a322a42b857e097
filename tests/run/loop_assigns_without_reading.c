// A variable that every iteration assigns and none reads: the last one counts.
// test: grad f(x ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = 0;
    for (int i = 1; i < 4; i++)
        y = x * x * i;
    return y;
}
