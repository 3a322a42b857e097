// Code that must not be touched: the request is on the command line.
// test: grad f(x ~ 0.75, y = 2)
// adgen: --grad=f:x

#include <adgen.h>

double f(double x, double y)
{
    return x * x * y + x;
}
