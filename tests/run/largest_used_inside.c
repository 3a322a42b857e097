// The largest so far, which the loop itself goes on with; and one of two that are chosen together.
// test: grad f(n = 5, x[5] ~ 0.3 0.9 -0.4 1.1 0.2)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, double *x)
{
    double largest = 0.0, before = 0.5, other = 0.0, sum = 0.0;
    for (int i = 0; i < n; i++) {
        if (x[i] > largest) {
            other = x[i] * 0.5;
            largest = x[i];
        }
        sum += largest * x[i];
    }
    for (int i = 0; i < n; i++) {
        if (x[i] * sum > before)
            before = x[i];
        x[n - 1 - i] *= 1.5;
    }
    for (int i = 0; i < n; i++) {
        if (x[i] > 0.0) {
            before = x[i];
            other = x[n - 1 - i];
        }
    }
    return largest * other + before + sum;
}
