// A member that is an array.
// test: grad f(p ~ {v[3] ~ 0.5 1 -1, scale ~ 2})

#include <adgen.h>

struct vec {
    double v[3];
    double scale;
};

ADGEN_GRAD(p)
double f(struct vec p)
{
    double s = 0;
    for (int i = 0; i < 3; i++)
        s += p.v[i] * p.v[i] * p.scale;
    return s;
}
