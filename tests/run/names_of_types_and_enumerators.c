// Types, enumerators and variables outside functions whose names the output must not take, here and in a header.
// test: grad f(n = 5, v[5] ~ 0.5..1)

#include "parts/declared_names.h"

#include <adgen.h>

typedef double s_bar_sum;
enum { kept = 1, x_was };

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 1, x = 0;
    for (int i = 0; i < n; i++) {
        s = s * v[i] + x * 2;
        x = s * v[i] * 3;
        if (s > v[0])
            x = x * s;
    }
    return s * x;
}
