// Rank three, fixed.
// test: grad f(a[2][2][2] ~ 0.5 1 -1 2 0.25 -0.5 3 1)

#include <adgen.h>

ADGEN_GRAD(a)
double f(const double a[2][2][2])
{
    double s = 1;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            for (int k = 0; k < 2; k++)
                s += a[i][j][k] * a[k][i][j] * s * 0.25;
    return s;
}
