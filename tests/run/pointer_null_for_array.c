// 0 is given for parameters that are declared as arrays.
// test: grad f(n = 2, x[3] ~ -1..1)
// no-dual: C++ has no such parameters

#include <adgen.h>

static double product(int n, const double x[3], double j[3], double k[3][3], double m[n][n])
{
    double s = x[0] * x[1];
    if (j) {
        j[1] = s;
        s += x[2];
    }
    if (k)
        k[0][1] = s * x[0];
    if (m)
        m[1][0] = s * s;
    return s;
}

ADGEN_GRAD(x)
double f(int n, const double x[3])
{
    double j[3], k[3][3], m[n][n];
    double s = product(n, x, j, 0, 0);
    s *= product(n, x, 0, k, 0);
    s -= product(n, x, 0, 0, m);
    return s + j[1] * k[0][1] * m[1][0] + product(n, x, 0, 0, 0);
}
