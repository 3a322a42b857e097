// Such a helper, in a loop, three levels deep.
// test: grad f(n = 3, v[4] ~ -1..1)

#include <adgen.h>

static void step(double x, double *state)
{
    *state = *state * 0.5 + x * x;
}

static void two_steps(const double *x, double *state)
{
    step(x[0], state);
    step(x[1], state);
}

static double run(int n, const double *v)
{
    double state = 1;
    for (int i = 0; i < n; i++) {
        two_steps(v + i, &state);
        state *= state;
    }
    return state;
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    return run(n, v) * run(n - 1, v + 1);
}
