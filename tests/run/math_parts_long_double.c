// Rounding, parts and scaling in long double.
// test: vjp f(x ~ 6.75, y[8] > 0 0 0 0 0 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x)
void f(long double x, long double *y)
{
    long double whole;
    int e, quotient;
    y[0] = fabsl(-x) * floorl(x);
    y[1] = ceill(x) * x + truncl(x) * x;
    y[2] = roundl(x) * x + rintl(x) * x + nearbyintl(x) * x;
    y[3] = modfl(x, &whole) * whole;
    y[4] = frexpl(x, &e) * e;
    y[5] = ldexpl(x, 2) + scalbnl(x, 3) + scalblnl(x, -1L);
    y[6] = logbl(x) * x + ilogbl(x) * x;
    y[7] = remquol(x, 2, &quotient) + lroundl(x) * x + llrintl(x) * x;
}
