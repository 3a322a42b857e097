// Functions of two and three arguments in long double.
// test: vjp f(x ~ 1.75, z ~ 0.75, y[10] > 0 0 0 0 0 0 0 0 0 0)
// test: vjp f(x ~ 0.75, z ~ 2.5, y[10] > 0 0 0 0 0 0 0 0 0 0)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(x, z)
void f(long double x, long double z, long double *y)
{
    y[0] = powl(x, z);
    y[1] = atan2l(x, z);
    y[2] = hypotl(x, z);
    y[3] = fmodl(x, z);
    y[4] = remainderl(x, z);
    y[5] = fdiml(x, z);
    y[6] = fmaxl(x, z);
    y[7] = fminl(x, z);
    y[8] = fmal(x, z, x);
    y[9] = copysignl(x, -z);
}
