// An int parameter chooses what a helper does; activations of a network.
// test: grad f(n = 4, x ~ 0.5)

#include <adgen.h>
#include <math.h>

enum activation { IDENTITY, TANH, SIGMOID, RELU };

static double activate(enum activation a, double x)
{
    switch (a) {
    case TANH:
        return tanh(x);
    case SIGMOID:
        return 1 / (1 + exp(-x));
    case RELU:
        return x > 0 ? x : 0;
    default:
        return x;
    }
}

ADGEN_GRAD(x)
double f(int n, double x)
{
    for (int i = 0; i < n; i++)
        x = activate((enum activation)i, x * 1.5);
    return x;
}
