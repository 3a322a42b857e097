// A function pointer that a loop changes; null where nothing is to be called.
// test: grad f(n = 4, x ~ 0.5)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

static double half(double x)
{
    return x / 2;
}

static double wave(double x)
{
    return cos(x);
}

ADGEN_GRAD(x)
double f(int n, double x)
{
    double (*g)(double) = NULL;
    for (int i = 0; i < n; i++) {
        if (g)
            x = g(x) + x * x;
        g = i % 2 ? wave : half;
    }
    return g ? g(x) * x : x;
}
