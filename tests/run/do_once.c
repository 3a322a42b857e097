// do { } while (0), as macros have it.
// test: grad f(x ~ 0.75)

#include <adgen.h>

#define ACCUMULATE(s, a)                                                                                               \
    do {                                                                                                               \
        s += (a);                                                                                                      \
        s *= 0.5;                                                                                                      \
    } while (0)

ADGEN_GRAD(x)
double f(double x)
{
    double s = 1;
    ACCUMULATE(s, x * x);
    ACCUMULATE(s, x);
    return s * s;
}
