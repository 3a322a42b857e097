// The logistic neuron 1 / (1 + exp(-(w0 x0 + w1 x1 + w2))).
// test: grad f(w[3] ~ 2 -3 -3, x[2] ~ -1 -2)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(w, x)
double f(const double w[3], const double x[2])
{
    return 1 / (1 + exp(-(w[0] * x[0] + w[1] * x[1] + w[2])));
}
