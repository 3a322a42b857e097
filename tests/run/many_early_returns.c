// So many statements that may return that they are lowered in parts; variables of the first part are used in the last.
// test: grad f(a ~ 0.2..0.7, b ~ 0.2..0.7, k = 0)
// test: grad f(a ~ 0.2..0.7, b ~ 0.2..0.7, k = 15)
// test: grad f(a ~ 0.2..0.7, b ~ 0.2..0.7, k = 16)
// test: grad f(a ~ 0.2..0.7, b ~ 0.2..0.7, k = 35)
// test: grad f(a ~ 0.2..0.7, b ~ 0.2..0.7, k = 40)

#include <adgen.h>
#include <math.h>

#define STEP(n)                                                                                                        \
    const double t##n = sin(u + 0.1 * (n)) * b;                                                                        \
    u += 0.1 * t##n * t0;                                                                                              \
    if (k == (n))                                                                                                      \
        return u * t##n;
#define STEPS(m) STEP(m##0) STEP(m##1) STEP(m##2) STEP(m##3) STEP(m##4) STEP(m##5) STEP(m##6) STEP(m##7)

ADGEN_GRAD(a, b)
double f(double a, double b, int k)
{
    double u = a;
    const double t0 = a * b;
    STEPS(1)
    STEPS(2)
    if (k == 0)
        return u * t10;
    STEPS(3)
    STEPS(4)
    return u + t0 * t10 * t47;
}
