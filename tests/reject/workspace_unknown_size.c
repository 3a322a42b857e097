// Storage of a size that is known only when the loop has run can't come from the caller.
// adgen: --workspace

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double newton(double x)
{
    double r = x, last = 0;
    while (fabs(r - last) > 1e-9) { // error: only when this loop has run
        last = r;
        r = 0.5 * (r + x / r);
    }
    // note: give the loop a number of iterations
    return r;
}
