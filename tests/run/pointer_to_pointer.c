// A helper moves the caller's pointer.
// test: grad f(v[4] ~ -1..1)

#include <adgen.h>

static double next(const double **p)
{
    const double value = **p;
    ++*p;
    return value * value;
}

ADGEN_GRAD(v)
double f(const double *v)
{
    double s = 0.5;
    s += next(&v);
    s *= next(&v);
    s += *v * s;
    s *= next(&v);
    return s * *v;
}
