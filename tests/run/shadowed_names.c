// An inner variable with the name of an outer one.
// test: grad f(x ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = x * x;
    {
        double y = x * 3;
        x = y * y;
    }
    for (int y = 0; y < 2; y++)
        x += y;
    return x * y;
}
