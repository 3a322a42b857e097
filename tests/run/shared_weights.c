// A graph in which weights are used in several places.
// test: grad f(t[3] ~ 0.5 -0.25 0.75, r1 = -1, r2 = 1)

#include <adgen.h>
#include <math.h>

static double sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}

ADGEN_GRAD(t)
double f(const double t[3], double r1, double r2)
{
    const double z1 = t[0] * r1, z2 = t[1] * r2;
    const double e1 = exp(z1), e2 = exp(z2);
    const double s1 = e1 / (e1 + e2), s2 = e2 / (e1 + e2);
    const double y4 = sigmoid(t[0] * r1 + t[2] * r2);
    const double y5 = t[1] * r1 + t[1] * s1 + t[2] * y4;
    return -log(s2) + y5 * y5;
}
