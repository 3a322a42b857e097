// The state is a few scalars, one of them an integer; the steps count down by two.
// test: grad f(n = 0, x ~ 0.3, r ~ 3.1)
// test: grad f(n = 1, x ~ 0.3, r ~ 3.1)
// test: grad f(n = 9, x ~ 0.3, r ~ 3.1)
// test: grad f(n = 22, x ~ 0.3, r ~ 2.1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, r)
double f(int n, double x, double r)
{
    unsigned state = 7u;
    double y = 0.5;
    for (int t = n - 1; t >= 0; t -= 2) {
        ADGEN_CHECKPOINT(2);
        state = state * 1103515245u + 12345u;
        x = r * x * (1.0 - x) + 0.001 * (double)((state >> 16) % 10u);
        y = sin(y * x + 0.1 * t);
    }
    return x * y;
}
