// Conditions that can be seen to hold always, or never: compilers warn of them where different names have become one.
// test: grad f(k = 1, x ~ 0.5, v[2] ~ 0.25 0.75)
// test: grad f(k = -3, x ~ 0.5, v[2] ~ 0.25 0.75)

#include <adgen.h>

static int is_low(int j)
{
    return j < 2;
}

ADGEN_GRAD(x, v)
double f(int k, double x, const double *v)
{
    const int same = k;
    double s = k > 0 || is_low(same) ? x * x : v[0];
    s += k < 0 && same > 2 ? v[0] : v[1] * x;
    s *= k != 1 || same != 2 ? x : v[0];
    s += k == 1 && same == 2 ? x : v[0] * v[0];
    s -= k == 1 || same != 1 ? x : v[0];
    s *= k > 0 && is_low(same) ? x : 2.0 * x;
    return s;
}
