// A recursive helper in a function that looks for a largest element: the helper's tapes are there before anyone uses them.
// test: grad f(n = 4, x[4] ~ 0.5 1.5 -0.5 0.25)
#include <adgen.h>
#include <math.h>

static double fold(const double *x, int n)
{
    return n == 1 ? sin(x[0]) : fold(x, n / 2) * fold(x + n / 2, n - n / 2) + x[n - 1];
}

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double largest = -INFINITY;
    for (int i = 0; i < n; i++)
        if (x[i] > largest)
            largest = x[i];
    return largest * fold(x, n);
}
