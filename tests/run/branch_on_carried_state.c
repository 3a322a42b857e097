// The branch depends on the state that the loop changes.
// test: grad f(n = 6, x ~ 0.75)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    double s = x;
    for (int i = 0; i < n; i++) {
        if (s > 1.0)
            s = s * 0.375 + x * x;
        else
            s = s * 2 + x;
    }
    return s;
}
