// The target of a call by pointer can't be known, and is given memory that carries a derivative, to read or to write.
// note:

#include <adgen.h>

struct pair {
    double a, b;
};

ADGEN_GRAD(x)
double array(double (*g)(const double *), double x)
{
    const double y[2] = {x, x * x};
    return g(y); // error: pointer
}

ADGEN_GRAD(x)
double record(double (*g)(const struct pair *), double x)
{
    const struct pair y = {x, x * x};
    return g(&y); // error: pointer
}

ADGEN_GRAD(x)
double output(void (*g)(struct pair *), double x)
{
    struct pair y = {x, x * x};
    g(&y); // error: pointer
    return y.a;
}
