// A vjp by option, with the names of two parameters.
// test: vjp f(x ~ 0.75, y ~ 2)
// adgen: --vjp=f:x,y

#include <adgen.h>

double f(double x, double y)
{
    return x * x * y + x;
}
