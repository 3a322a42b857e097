// A passive table that the first call fills.
// test: grad f(x ~ 0.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x)
{
    static double table[4];
    static int ready = 0;
    if (!ready) {
        for (int i = 0; i < 4; i++)
            table[i] = cos(i);
        ready = 1;
    }
    double s = 0;
    for (int i = 0; i < 4; i++)
        s = s * x + table[i];
    return s;
}
