// User names that look like names adgen would make.
// test: grad f(x ~ 0.5, x_bar_ ~ 2)

#include <adgen.h>

ADGEN_GRAD(x, x_bar_)
double f(double x, double x_bar_)
{
    const double y_bar = x * x_bar_, f_bar = y_bar * x, t0 = f_bar + 1, ret = t0 * t0, value = ret;
    return value * y_bar + x_bar_;
}
