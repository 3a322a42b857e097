// A macro that makes a function for each type.
// test: vjp f_float(x ~ 0.5)
// test: vjp f_double(x ~ 0.5)

#include <adgen.h>

#define MAKE(name, type)                                                                                               \
    static type cube_##name(type x)                                                                                    \
    {                                                                                                                  \
        return x * x * x;                                                                                              \
    }
MAKE(single, float)
MAKE(wide, double)
ADGEN_VJP(x)
float f_float(float x)
{
    return cube_single(x) * x;
}

ADGEN_VJP(x)
double f_double(double x)
{
    return cube_wide(x) * x;
}
