// A switch with so many cases that they are tested in parts.
// test: grad f(x ~ 0.7, k = 10)
// test: grad f(x ~ 0.7, k = 73)
// test: grad f(x ~ 0.7, k = 74)
// test: grad f(x ~ 0.7, k = 75)
// test: grad f(x ~ 0.7, k = 95)
// test: grad f(x ~ 0.7, k = 100)
// test: grad f(x ~ 0.7, k = 101)
// test: grad f(x ~ 0.7, k = 7)

#include <adgen.h>
#include <math.h>

#define CASE(n)                                                                                                        \
    case n:                                                                                                            \
        y += sin(x * (n)) * y;                                                                                         \
        break;
#define CASES(m)                                                                                                       \
    CASE(m##0) CASE(m##1) CASE(m##2) CASE(m##3) CASE(m##4) CASE(m##5) CASE(m##6) CASE(m##7) CASE(m##8) CASE(m##9)

ADGEN_GRAD(x)
double f(double x, int k)
{
    double y = x * x;
    switch (k) {
        CASES(1)
        CASES(2)
        CASES(3)
        CASES(4)
    default:
        y *= 2.0;
        break;
        CASES(5)
        CASES(6)
        CASES(7)
        CASES(8)
        CASES(9)
    case 100:
        return y * x;
    case 101:
        y = exp(y);
        /* fallthrough */
    case 102:
        y *= x;
    }
    return y * x;
}
