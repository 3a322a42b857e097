// An index computed from an active value: floor as the cell, the rest as weight.
// test: grad f(x ~ 1.25, table[4] ~ 1 3 2 5)
// expect: x += table[2] - table[1]

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, table)
double f(double x, const double table[4])
{
    const int i = (int)floor(x);
    const double t = x - i;
    return table[i] * (1 - t) + table[i + 1] * t;
}
