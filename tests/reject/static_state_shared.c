// A static variable that a function outside of the request writes: two copies would part ways.
// note: --with-source

#include <adgen.h>

static double gain = 2; // error?: gain
void set_gain(double value)
{
    gain = value; // error?: gain
}

ADGEN_GRAD(x)
double f(double x)
{
    return gain * x * x; // error?: gain
}
