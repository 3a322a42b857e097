// Strings, flags and counts in a struct beside the reals.
// test: grad f(p ~ {name = `"a"`, verbose = 0, gain ~ 1.5, count = 3}, x ~ 2)

#include <adgen.h>

struct settings {
    const char *name;
    _Bool verbose;
    double gain;
    unsigned char count;
};

ADGEN_GRAD(p, x)
double f(const struct settings *p, double x)
{
    double y = x;
    for (int i = 0; i < p->count; i++)
        y *= p->gain;
    if (p->verbose || p->name[0] == 'b')
        y = 0;
    return y * x;
}
