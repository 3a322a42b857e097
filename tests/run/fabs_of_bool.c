// The absolute value of a number that was an integer: compilers warn unless the conversion is written.
// test: grad f(x ~ 0.7, n = 3)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x, int n)
{
    const _Bool is = x > 0.5;
    double s = x;
    for (int i = 0; i < n; i++)
        s += x * fabs((double)is) * fabs(i - 2.5);
    return s * x * fabs(n);
}
