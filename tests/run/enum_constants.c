// Enumerators as numbers and as extents.
// test: grad f(v[3] ~ 1 2 3)

#include <adgen.h>

enum { ROWS = 3, TWICE = ROWS * 2 };
enum color { RED = 1, GREEN = 4 };

ADGEN_GRAD(v)
double f(const double v[ROWS])
{
    double s = 0;
    enum color c = GREEN;
    for (int i = 0; i < ROWS; i++)
        s += TWICE * v[i] * v[i] - RED * v[i];
    return s * c;
}
