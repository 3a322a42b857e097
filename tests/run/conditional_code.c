// #if, #ifdef and #else decide what there is.
// test: grad f(x ~ 0.5)

#include <adgen.h>

#define ORDER 3
#ifndef WEIGHT
#define WEIGHT 2.0
#endif
ADGEN_GRAD(x)
double f(double x)
{
    double y = x;
#if ORDER > 2 && !defined(NEVER)
    y *= x * x;
#else
    y = no_such_function(x);
#endif
    return WEIGHT * y;
}
