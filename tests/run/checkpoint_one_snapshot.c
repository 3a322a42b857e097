// One snapshot: each step is computed again from the start.
// test: grad f(n = 7, x ~ 0.3)
// test: grad f(n = 1, x ~ 0.3)
// test: grad f(n = 0, x ~ 0.3)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    for (int t = 0; t < n; t++) {
        ADGEN_CHECKPOINT(1);
        x = exp(-x) * x + 0.1 * sin(x);
    }
    return x;
}
