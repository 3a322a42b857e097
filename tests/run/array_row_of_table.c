// Rows of a table, found through other tables: a pointer to a row that is kept.
// test: grad f(x ~ 0.5, y ~ -0.75, z ~ 2, n = 1)

#include <adgen.h>

static const double basis[4][4] = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}, {-1, -2, -3, -4}};
static const unsigned char order[4] = {2, 0, 3, 1};

static double along(int which, double x, double y, double z)
{
    static const unsigned char start[8] = {3, 2, 1, 0, 1, 2, 3, 0};
    const double *direction = basis[start[which]];
    return direction[0] * x + direction[1] * y + direction[2] * z * direction[3];
}

ADGEN_GRAD(x, y, z)
double f(double x, double y, double z, int n)
{
    const int first = order[n & 3], second = order[(n + 1) & 3];
    const double a = along(order[first] + second, x, y, z), b = along(order[second] + first, x - 1, y, z * x);
    return a * b + along(first, y, a, b);
}
