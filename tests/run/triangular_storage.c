// Loops whose bounds are counters of loops around, in every direction: what they keep has room for the largest.
// test: grad f(n = 5, m = 2, x[8] ~ 0.2..0.9)
// test: grad f(n = 0, m = 3, x[8] ~ 0.2..0.9)
// test: grad f(n = 1, m = -2, x[8] ~ 0.2..0.9)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

ADGEN_GRAD(x)
double f(int n, int m, const double *x)
{
    double h = 0.5;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++)
            h = sin(h * x[j] + x[i]);
        for (int j = i + 1; j < n; j++)
            h = cos(h * x[j]);
        for (int j = i; j >= 0; j--)
            h = h * x[j] + sin(h);
        for (int j = n - 1; j > i - m; j -= 2)
            h = sin(h + x[j < 0 ? 0 : j]);
        for (int j = i; j < i + 2; j++)
            h = h * h * x[j];
        for (int j = 0; j < 2 * i; j++)
            h = exp(-h * x[j % 3]);
        for (size_t j = (size_t)n; j > (size_t)i; j--)
            for (int k = i; k < n; k++)
                for (int l = 0; l < (int)j; l++)
                    h = cos(h + x[k] * x[l]);
    }
    return h;
}
