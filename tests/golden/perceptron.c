// A struct with a pointer, a helper that is inlined.

#include <adgen.h>
#include <math.h>

typedef struct {
    int n;
    double *w;
    double b;
} perceptron;

static double sigmoid(double z)
{
    return 1.0 / (1.0 + exp(-z));
}

ADGEN_GRAD(p)
double loss(const perceptron *p, const double *x, double y)
{
    double z = p->b;
    for (int i = 0; i < p->n; i++)
        z += p->w[i] * x[i];
    const double r = sigmoid(z) - y;
    return r * r;
}
