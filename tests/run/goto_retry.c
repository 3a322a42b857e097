// goto backward out of the middle of a body, and forward past the rest.
// test: grad f(x ~ 0.5)
// test: grad f(x ~ 5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    double step = 4, y;
retry:
    y = x - step * x * x;
    if (y < -1) {
        step *= 0.5;
        goto retry;
    }
    if (y > 0)
        goto out;
    y = y * y;
out:
    return y * step;
}
