// Static state that another function sets: the output includes the source.
// test: grad f(x ~ 0.5)
// adgen: --with-source
// before: set_gain(1.75);

#include <adgen.h>

static double gain = 2;
void set_gain(double value)
{
    gain = value;
}

ADGEN_GRAD(x)
double f(double x)
{
    return gain * x * x;
}
