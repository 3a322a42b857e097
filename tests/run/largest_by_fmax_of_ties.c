// The first argument of fmax and fmin wins a tie, a NaN never: so the first, or the last, of equal elements gets all.
// test: grad f(x[4] ~ 1 2 2 1)
// expect: x[1] += 10001
// expect: x[2] += 10
// expect: x[0] += 100
// expect: x[3] += 1000
// no-fd: kinks, and a NaN

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(const double x[4])
{
    double first = -INFINITY, last = -INFINITY, least = INFINITY, latest = INFINITY, beyond = NAN, nans[4];
    for (int i = 0; i < 4; i++)
        first = fmax(first, x[i]);
    for (int i = 0; i < 4; i++)
        last = fmax(x[i], last);
    for (int i = 0; i < 4; i++)
        least = fmin(least, x[i]);
    for (int i = 0; i < 4; i++)
        latest = fmin(x[i], latest);
    for (int i = 0; i < 4; i++) {
        nans[i] = i == 0 || i == 3 ? x[i] + NAN : x[i];
        beyond = fmax(beyond, nans[i]);
    }
    return first + 10 * last + 100 * least + 1000 * latest + 10000 * beyond;
}
