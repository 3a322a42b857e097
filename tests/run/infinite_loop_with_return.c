// A loop that only a return ends.
// test: grad f(x ~ 1.75)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = x;
    for (;;) {
        y *= x;
        if (y > 20)
            return y;
    }
}
