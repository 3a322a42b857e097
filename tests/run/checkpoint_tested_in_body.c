// A condition with side effects opens the body: the annotation is the first statement there.
// test: grad f(n = 3, x ~ 0.3)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    int k = 0;
    double s = 1;
    while (k++ < 4 && n % 2 == 1) {
        ADGEN_CHECKPOINT(2);
        s = sin(s * x);
        if (s > 0.7)
            continue;
        x *= 0.5;
    }
    return s;
}
