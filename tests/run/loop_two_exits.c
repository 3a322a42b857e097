// Two different breaks, told apart afterwards.
// test: grad f(n = 5, v[5] ~ 0.5 0.75 2 0.25 1)
// test: grad f(n = 5, v[5] ~ 0.5 0.75 -2 0.25 1)
// test: grad f(n = 2, v[2] ~ 0.5 0.75)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 1;
    int i, why = 0;
    for (i = 0; i < n; i++) {
        if (v[i] < 0) {
            why = 1;
            break;
        }
        s *= v[i];
        if (v[i] > 1.5) {
            why = 2;
            break;
        }
        s += v[i];
    }
    if (why == 1)
        return s * v[i];
    return why == 2 ? s * s : s;
}
