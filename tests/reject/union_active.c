// An active value through a union.
// note:

#include <adgen.h>

union number {
    double real;
    long bits;
};

ADGEN_GRAD(x)
double f(double x)
{
    union number u;
    u.real = x;        // error?: union
    u.bits &= ~1L;     // error?: union
    return u.real * x; // error?: union
}
