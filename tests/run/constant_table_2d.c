// A constant table of rank two, and a table of integers that points into it.
// test: grad f(x ~ 0.5, y ~ -1)

#include <adgen.h>

static const double stencil[3][3] = {{0, 1, 0}, {1, -4, 1}, {0, 1, 0}};
static const int order[3] = {2, 0, 1};

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    double s = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            s += stencil[order[i]][j] * (i + 1) * x * (x + j * y);
    return s;
}
