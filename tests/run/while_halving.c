// A while loop whose count depends on the values.
// test: grad f(x ~ 37.5)
// test: grad f(x ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double y = x;
    int n = 0;
    while (y > 1.0) {
        y = y * 0.5 + 0.01 * x;
        n++;
    }
    return y * (n + x);
}
