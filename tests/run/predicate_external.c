// A function of another library that answers with an integer: an active argument is only looked at.
// test: grad f(n = 3, x[3] ~ 0.5 -2 3)
// no-dual: the predicate is C

#define _DEFAULT_SOURCE
#include <adgen.h>
#include <math.h> /* finite is glibc's, and adgen does not know it */

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += finite(x[i] * n) ? x[i] * x[i] : x[i];
    return sum;
}
