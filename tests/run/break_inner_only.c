// break leaves the inner loop only.
// test: grad f(n = 3, v[3] ~ 0.5 1.5 0.75)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            if (s * v[j] > 1.5)
                break;
            s += v[i] * v[j];
        }
        s *= 0.5;
    }
    return s;
}
