// break out of a counted loop on an active condition.
// test: grad f(n = 6, v[6] ~ 0.5 0.25 1.5 0.75 2 3)
// test: grad f(n = 3, v[3] ~ 0.5 0.25 0.125)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.25;
    for (int i = 0; i < n; i++) {
        s = s * s + v[i];
        if (s > 2)
            break;
        s *= v[i];
    }
    return s;
}
