// Two ways out of a loop in one branch become one condition.
// test: grad f(x ~ 0.3, u ~ 0.2)
// test: grad f(x ~ 1.3, u ~ -0.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, u)
double f(double x, double u)
{
    double s = u;
    for (int i = 0; i < 4; i++) {
        s *= x;
        if (sin(s) < 0.1) {
            if (s < -1.0)
                break;
            if (s > 0.01 * i)
                break;
        }
    }
    return s;
}
