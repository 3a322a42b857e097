// A callback in GSL's style: its parameters come as a void pointer.
// test: grad f(x ~ 0.5, a ~ 2, b ~ -1)

#include <adgen.h>

struct coefficients {
    double a, b;
};

static double integrand(double x, void *parameters)
{
    const struct coefficients *c = (const struct coefficients *)parameters;
    return c->a * x * x + c->b * x;
}

ADGEN_GRAD(x, a, b)
double f(double x, double a, double b)
{
    struct coefficients c = {a, b};
    double s = 0;
    for (int i = 0; i < 4; i++)
        s += integrand(x * i / 4, &c);
    return s / 4 * x;
}
