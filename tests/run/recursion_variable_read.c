// A recursive function that reads variables outside functions.
// test: grad f(x ~ 0.5, n = 3)
// before: gain = 1.5;
// adgen: --with-source

#include <adgen.h>

double gain = 2;

struct series {
    double *coefficients;
    int order;
};

static double coefficients[3] = {1, 0.5, 0.25};
static struct series series = {coefficients, 2};

static double evaluate(const struct series *s, double x)
{
    double sum = 0;
    for (int k = s->order; k >= 0; k--)
        sum = sum * x + s->coefficients[k];
    return sum;
}

static double turn(double x, int n)
{
    if (n == 0)
        return evaluate(&series, x) * x;
    return turn(x * gain, n - 1) * x + evaluate(&series, x * gain);
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    return turn(x, n) * x;
}
