// Bit-fields and a union beside the reals, passive.
// test: grad f(x ~ 0.5, n = 5)

#include <adgen.h>

struct flags {
    unsigned squared : 1, times : 3;
    int : 0;
    union {
        int i;
        unsigned char byte[4];
    } raw;
    double scale;
};

ADGEN_GRAD(x)
double f(double x, int n)
{
    struct flags g;
    g.squared = n & 1;
    g.times = (unsigned)n + 1;
    g.raw.i = 0;
    g.raw.byte[0] = 2;
    g.scale = x * g.raw.i;
    double y = g.squared ? x * x : x;
    for (unsigned i = 0; i < g.times; i++)
        y *= g.scale;
    return y;
}
