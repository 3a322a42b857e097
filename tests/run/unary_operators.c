// Unary minus and plus, nested.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return -x * -(-y) + +x - -y;
}
