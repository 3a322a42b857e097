// How far a pointer is from the start of a variable of an inner block: nothing of the variable is needed for that.
// test: grad f(n = 3, x[4] ~ 0.5..1.5)

#include <adgen.h>

struct part {
    double c[3];
};

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double s = 0;
    for (int i = 0; i < n; i++) {
        struct part part = {{0.5, 2, 1}};
        double *p = part.c + 0;
        const int at = (int)(p - part.c);
        s += x[i + at] * x[i] * *p * s + x[at];
    }
    return s;
}
