// Behind the steps, a pointer may lead to what they read or to an array that is made later.
// test: grad f(n = 7, which = 0, u ~ 0.4)
// test: grad f(n = 7, which = 1, u ~ 0.4)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u)
double f(int n, int which, double u)
{
    double y[8] = {0};
    for (int t = 0; t < n; t++) {
        ADGEN_CHECKPOINT(2);
        double sum = u;
        if (t > 1)
            sum -= 0.25 * sin(y[t - 2]);
        y[t] = sum * sum;
    }
    double late[8] = {0};
    late[2] = y[3];
    double *p = which ? late : y;
    for (int i = 0; i < n; i++)
        p[i] += 0.5 * y[n - 1 - i];
    return p[2] * late[2];
}
