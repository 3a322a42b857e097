// A loop's body with so many breaks, continues and returns that it is lowered in parts.
// test: grad f(n = 9, x[9] ~ 0.1..0.9, k = 9)
// test: grad f(n = 9, x[9] ~ 0.1..0.9, k = 12)
// test: grad f(n = 9, x[9] ~ 0.1..0.9, k = 16)
// test: grad f(n = 9, x[9] ~ 0.1..0.9, k = 19)
// test: grad f(n = 9, x[9] ~ 0.1..0.9, k = 50)
// test: grad f(n = 0, x[1] ~ 0.1..0.9, k = 3)

#include <adgen.h>
#include <math.h>

#define STEP(n)                                                                                                        \
    u = u * sin(u) + x[i];                                                                                             \
    if (k == i + (n))                                                                                                  \
        break;                                                                                                         \
    if ((i + k) % 11 == (n) % 7)                                                                                       \
        continue;
#define STEPS(m) STEP(m##0) STEP(m##1) STEP(m##2) STEP(m##3) STEP(m##4) STEP(m##5)

ADGEN_GRAD(x)
double f(int n, const double *x, int k)
{
    double u = 0.5, s = 0;
    for (int i = 0; i < n; i++) {
        double was = u;
        STEPS(1)
        if (u > 3.0)
            return s * u;
        STEPS(2)
        s += was * u;
    }
    return s + u;
}
