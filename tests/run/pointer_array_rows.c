// An array of row pointers into a flat array, whose rows change places.
// test: grad f(a[6] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(a)
double f(const double *a)
{
    const double *row[3];
    for (int i = 0; i < 3; i++)
        row[i] = a + 2 * i;
    const double *t = row[0];
    row[0] = row[2];
    row[2] = t;
    double s = 0;
    for (int i = 0; i < 3; i++)
        s += row[i][0] * row[(i + 1) % 3][1] * (i + 1);
    return s;
}
