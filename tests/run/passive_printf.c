// printf of passive and of active values is kept, and happens once.
// test: grad f(n = 2, x ~ 0.5)

#include <adgen.h>
#include <stdio.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    double y = x;
    for (int i = 0; i < n; i++) {
        y = y * y + 1;
        printf("step %d of %d: %g\n", i, n, y);
    }
    printf("done\n");
    return y;
}
