// A state copied back by a size that comes from an int: no size is negative, which compilers have to be told.
// test: grad f(n = 3, x ~ 0.5)

#include <adgen.h>
#include <math.h>
#include <string.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    double h[5] = {0}, g[5], s = 0;
    for (int t = 0; t < 1; t++) {
        for (int i = 0; i < n + 1; i++) {
            double sum = x;
            for (int j = 0; j < n + 1; j++)
                sum += 0.25 * h[j];
            g[i] = tanh(sum);
        }
        memcpy(h, g, (size_t)(n + 1) * sizeof(double));
        s += h[0] * h[n];
    }
    for (int i = 0; i < n + 1; i++)
        s += h[i] * h[i];
    return s;
}
