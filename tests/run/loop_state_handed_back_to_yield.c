// A carried adjoint is, step by step, a product of the last values of the step; one of these is handed back as a state.
// test: grad f(x ~ 0.7, gain ~ 0.5, offset ~ 1, n = 5)
// test: grad g(x ~ 0.7, gain = 0.5, offset = 1, n = 5)
// test: grad g(x ~ 0.7, gain = 0.5, offset = 1, n = 0)

#include <adgen.h>
#include <math.h>

static double ridges(double x, double gain, double offset, int n)
{
    double amplitude = 0.5, last = 1.0, sum = 0.0;
    for (int i = 0; i < n; i++) {
        double r = offset - sin(x * i);
        r = r * r;
        sum += r * amplitude * last;
        last = r;
        amplitude *= gain;
    }
    return sum;
}

ADGEN_GRAD(x, gain, offset)
double f(double x, double gain, double offset, int n)
{
    return ridges(x, gain, offset, n);
}

ADGEN_GRAD(x)
double g(double x, double gain, double offset, int n)
{
    return ridges(x, gain, offset, n);
}
