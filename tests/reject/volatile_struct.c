// A struct that is volatile as a whole.
// note:

#include <adgen.h>

struct port {
    double gain;
    int ready;
};

volatile struct port port;

ADGEN_GRAD(x)
double f(double x)
{
    return x * port.gain; // error: cannot handle a volatile struct
}
