// A time step: state in and out, parameters added to.
// test: vjp f(n = 3, state[3] ~ 1 0.5 -1, k ~ 0.1, steps = 4)

#include <adgen.h>

ADGEN_VJP(state, k)
void f(int n, double *state, double k, int steps)
{
    for (int s = 0; s < steps; s++) {
        const double first = state[0];
        for (int i = 0; i + 1 < n; i++)
            state[i] += k * (state[i + 1] - state[i]) * state[i];
        state[n - 1] += k * first;
    }
}
