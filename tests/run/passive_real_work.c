// Real work that does not depend on a differentiated parameter.
// test: grad f(n = 4, t = 0.5, x ~ 0.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, double t, double x)
{
    double w[4], s = 0;
    for (int i = 0; i < n; i++)
        w[i] = exp(-t * i) * cos(t * i);
    for (int i = 0; i < n; i++)
        s += w[i] * x * x / (1 + i * x);
    return s;
}
