// A return in the middle of nested loops.
// test: grad f(n = 3, v[3] ~ 0.5 0.75 1.5)
// test: grad f(n = 3, v[3] ~ 0.5 0.25 0.125)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.25;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            s += v[i] * v[j] * s;
            if (s > 1)
                return s * v[i];
        }
    return s * s;
}
