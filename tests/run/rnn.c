// A recurrent cell over a sequence.
// test: grad f(w[2] ~ 0.5 -0.75, x[5] ~ -1..1, n = 5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(w, x)
double f(const double *w, const double *x, int n)
{
    double h = 0.0;
    for (int i = 0; i < n; i++)
        h = tanh(w[0] * h + w[1] * x[i]);
    return h * h;
}
