// A row of a parameter that is only read: the pointer to it is one to const, that to its adjoint is not.
// test: vjp f(n = 3, x = 0.7, u[2][3] ~ -1..1, v ~ 0.4, w[5] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(u, v, w)
double f(int n, double x, const double u[][3], double v, const double *w)
{
    double s = 0.5;
    int m = n > 5 ? (n << 1) % 2 : (n + 4) % 2;
    for (double r = 0.0; r < 0.25 * n; r += 0.5) {
        if (n > 4) {
            s *= v;
        } else if (n > 6) {
            s += v;
        } else {
            const double *p = w, *end = w + 5;
            while (p != end)
                s = 0.5 * s + 0.5 * sin(*p++ + x);
            x = (u[m][0] * u[m][m]), v = 0.5 * x;
        }
    }
    return s;
}
