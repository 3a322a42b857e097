// Assignments on the sides of ?:.
// test: grad f(x ~ 0.5, k = 0)
// test: grad f(x ~ 0.5, k = 1)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int k)
{
    double a = x, b = 2 * x;
    const double c = k ? (a *= x, a + 1) : (b += a * a);
    return a * b * c;
}
