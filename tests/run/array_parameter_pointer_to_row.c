// A parameter declared as pointer to array.
// test: grad f(n = 2, a[2][3] ~ 0.5 1 -1 2 0.25 -0.5)

#include <adgen.h>

ADGEN_GRAD(a)
double f(int n, double (*a)[3])
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += a[i][0] * a[i][1] * a[i][2];
    return s;
}
