// Designated initialisers of arrays, out of order and nested.
// test: grad f(x ~ 0.5, y ~ 2)
// no-dual: not C++

#include <adgen.h>

struct row {
    double v[3];
};

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    double a[5] = {[3] = x, y, [0] = x * y};
    struct row r[2] = {[1] = {.v = {[2] = y}}, [0] = {{x, x, y}}};
    return a[0] * a[3] + a[4] * r[1].v[2] + r[0].v[0] * r[0].v[2] + a[1];
}
