// fmax and fmin leave a NaN out: the adjoint is the other operand's, whichever is first, and none is the NaN's.
// test: grad f(x[4] ~ 1..2)
// expect: x[0] += 1
// expect: x[1] += 2
// expect: x[2] += 3
// expect: x[3] += 4
// no-fd: a NaN

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(const double x[4])
{
    double none = NAN, sum = 0, nans[4];
    for (int i = 0; i < 4; i++)
        nans[i] = i % 2 ? x[i] + none : none;
    sum += fmax(x[0], nans[1]);
    sum += 2 * fmax(nans[1], x[1]);
    sum += 3 * fmin(x[2], nans[0]);
    sum += 4 * fmin(nans[0], x[3]);
    return sum;
}
