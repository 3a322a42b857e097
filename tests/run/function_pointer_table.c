// A table of activations, chosen by an index.
// test: grad f(n = 3, x ~ 0.5)

#include <adgen.h>
#include <math.h>

static double linear(double x)
{
    return 2 * x;
}

static double square(double x)
{
    return x * x + 0.5;
}

typedef double activation(double);
static activation *const table[] = {linear, square, tanh};

ADGEN_GRAD(x)
double f(int n, double x)
{
    for (int i = 0; i < n; i++)
        x = table[i](x);
    return x;
}
