// A pointer that walks irregularly over an array of a branch goes onto a tape: the array is there when it comes back.
// test: grad f(x ~ 0.3, n = 1)
// test: grad f(x ~ 0.3, n = 0)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(double x, int n)
{
    double result = 0.5;
    if (n > 0) {
        double y[7] = {0};
        for (int i = 0; i < 7; i++)
            y[i] += 0.7 * x + i;
        const double *e = y + 7;
        while (e - 1 > y) {
            result = cos(result) * 0.75 + 0.25 * tanh(e[-1] * e[-2]);
            e -= result > 0.6 ? 2 : 1;
        }
    }
    return result;
}
