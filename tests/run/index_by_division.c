// An index that a loop inside divides out again and again is computed again, not kept for each of its iterations.
// test: grad f(n = 5, v[2] ~ 0.5 0.7, w[5] = 0.3 -0.4 0.5 0.6 -0.7)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(v)
double f(int n, const double *v, const double *w)
{
    double result = 0.5;
    double h[5];
    for (int s = 0; s < 4; s++) {
        for (int i = 0; i < n; i++)
            h[i] = tanh(w[i] * (v[s / 2 % 36] / (1.0 + 0.5 * result)));
        for (int i = 0; i < n; i++)
            result += h[i] * w[i];
    }
    return result;
}
