// A parameter of rank two with fixed extents.
// test: grad f(a[2][3] ~ 0.5 1 -1 2 0.25 -0.5)
// expect: a[i][j] += 2 * a[i * 3 + j] * (i + 1)

#include <adgen.h>

ADGEN_GRAD(a)
double f(const double a[2][3])
{
    double s = 0;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            s += a[i][j] * a[i][j] * (i + 1);
    return s;
}
