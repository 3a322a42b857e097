// A constant table inside the function, and a static one.
// test: grad f(x ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    const double a[3] = {1, 2, 3};
    static const float b[3] = {0.5f, 0.25f, 0.125f};
    double s = 0;
    for (int i = 0; i < 3; i++)
        s += a[i] * b[i] * x * x;
    return s;
}
