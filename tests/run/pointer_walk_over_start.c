// A pointer that walks over what is read from its start: adjoints at both are not put off.
// test: vjp f(n = 4, a ~ 0.3, c[2] ~ 0.5 0.7)

#include <adgen.h>
#include <math.h>

ADGEN_VJP(a, c)
double f(int n, double a, double *c)
{
    double r = 0.0;
    for (int i = 0; i < 2; i++) {
        double *p = c, *e = c + 2;
        while (e - p > 0)
            *p++ = tanh(a + c[0]);
        r += c[1];
    }
    return r;
}
