// A pointer into the middle, indexed both ways.
// test: grad f(v[5] ~ 1 2 3 4 5)

#include <adgen.h>

ADGEN_GRAD(v)
double f(const double v[5])
{
    const double *middle = v + 2;
    double s = 0;
    for (int k = -2; k <= 2; k++)
        s += middle[k] * middle[-k] * (k + 3);
    return s;
}
