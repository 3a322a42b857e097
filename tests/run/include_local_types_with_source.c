// Types that functions declare for themselves are not seen from outside, also where the output includes the source.
// adgen: --with-source
// test: grad f(x ~ -1..1)

#include <adgen.h>
#include <math.h>

#include "parts/local_types.h"

ADGEN_GRAD(x)
double f(double x)
{
    struct point {
        double u, v;
    } p[2] = {{x, 1.0}, {1.0, x}};
    struct {
        double u, v;
    } q[2] = {{x, 1.0}, {1.0, x}};
    double s = 0.0;
    for (int i = 0; i < 2; i++)
        s += p[i].u * q[1 - i].v * of_tag(p[i].v) + of_unnamed(x);
    return s * of_same_tag(x);
}
