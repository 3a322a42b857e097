// i != n counts to n only where n is ahead: the branch around sees to that.
// test: grad f(n = -3, v[6] ~ 0.5..1)
// test: grad f(n = 3, v[6] ~ 0.5..1)

#include <adgen.h>
#include <math.h>
ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    if (n > 0)
        for (int i = 0; i != n; i++)
            s = sin(s * v[i]) + v[i + 1];
    return s;
}
