// A reciprocal that the primal makes is what the reverse sweep multiplies with where it would divide: in two sweeps, in
// branches, and not one of another branch or of a loop that has run on.
// test: grad squash(n = 5, steps = 3, w[5] ~ -1..1, x[5] ~ -1..1)
// test: grad sides(n = 6, w[6] ~ 0.5..2, x[6] = -1 2 -0.5 0.7 -2 1)
// test: grad last(n = 4, w[4] ~ 0.5..2)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(w, x)
double squash(int n, int steps, const double *w, const double *x)
{
    double h[n], sum = 0.0;
    for (int i = 0; i < n; i++)
        h[i] = x[i];
    for (int t = 0; t < steps; t++)
        for (int i = 0; i < n; i++) {
            double gate = 1.0 / (1.0 + exp(-w[i] * h[i]));
            h[i] = gate * h[i] + h[i] / (2.0 + gate * gate) + x[i];
        }
    for (int i = 0; i < n; i++)
        sum += h[i] * h[i];
    return sum;
}

ADGEN_GRAD(w)
double sides(int n, const double *w, const double *x)
{
    double state = 0.3;
    for (int i = 0; i < n; i++) {
        double d = 1.0 + w[i] * w[i] * state;
        if (x[i] > 0.0)
            state = state + x[i] * (1.0 / d);
        else
            state = state - x[i] / d * sin(state);
    }
    return state;
}

/* The reciprocal is that of the last iteration, the divisor of each iteration is another one. */
ADGEN_GRAD(w)
double last(int n, const double *w)
{
    double state = 1.0, inverse = 1.0;
    for (int i = 0; i < n; i++) {
        double d = 1.0 + w[i] * state;
        state = w[i] * inverse / d + 0.5 * state;
        inverse = 1.0 / d;
    }
    return state * inverse;
}
