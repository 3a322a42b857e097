// Branches and an early return.

#include <adgen.h>

ADGEN_GRAD(x)
double huber(double x, double delta)
{
    if (x > delta)
        return delta * (x - 0.5 * delta);
    if (x < -delta)
        return -delta * (x + 0.5 * delta);
    return 0.5 * x * x;
}
