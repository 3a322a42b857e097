// Integer control flow that decides the real work.
// test: grad f(n = 7, x ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    double s = x;
    while (n != 1) {
        if (n % 2 == 0) {
            n /= 2;
            s *= 1.01 + 0.01 * x;
        } else {
            n = 3 * n + 1;
            s += x * x;
        }
    }
    return s;
}
