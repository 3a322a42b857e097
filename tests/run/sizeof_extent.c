// sizeof gives a loop its bound.
// test: grad f(v[5] ~ 1 2 3 4 5)

#include <adgen.h>

ADGEN_GRAD(v)
double f(const double v[5])
{
    double w[5];
    for (unsigned i = 0; i < sizeof w / sizeof w[0]; i++)
        w[i] = v[i] * v[4 - i];
    double s = 0;
    for (unsigned i = 0; i < sizeof(w) / sizeof(double); i++)
        s += w[i] * (i + 1);
    return s;
}
