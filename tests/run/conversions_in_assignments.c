// float *= double, int *= real, float = int / int.
// test: grad f(x ~ 1.75)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    float a = 1.5f;
    a *= x;
    a += x / 3;
    int n = 5;
    n *= 1.5;
    n += 1.75;
    a += n / 2;
    long double w = a;
    w *= x;
    const double y = (double)w;
    return y * n + a;
}
