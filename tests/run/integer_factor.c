// Integers of several types in real expressions.
// test: grad f(x ~ 1.5, i = 3, l = -2, c = 5, u = 7)
// expect: x += i + l * c + (int)(u / 2)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int i, long l, char c, unsigned u)
{
    return x * i + l * x * c + (u / 2) * x;
}
