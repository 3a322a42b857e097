// An in-out array and a seed.

#include <adgen.h>

ADGEN_VJP(state, k)
void step(int n, double *state, double k)
{
    for (int i = 0; i + 1 < n; i++)
        state[i] += k * (state[i + 1] - state[i]) * state[i];
}
