// What computes a loop's condition stands behind a break of its own: its variables are seen in the rest of the body.
// test: grad f(x ~ 1.5, n = 3)

#include <adgen.h>
#include <math.h>
#include <stdio.h>

static void show(int n, double l)
{
    for (unsigned i = 0; i < 2; i++) {
        if (0.5 >= 0.5) {
            if (n > -1000)
                return;
        } else {
            l = (l - 0.25) * (l - 0.25) + exp2(-fabs(l));
        }
        l = 0.5 < 0.5 ? (l - n * 0.5) * (l - n * 0.5) : 0.5;
    }
    printf("%.3f\n", l);
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    show(3, 0.1 * n);
    return x * x;
}
