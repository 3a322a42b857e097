// The time loop is in a helper that is called three times; the state is of float.
// adgen: --strong-zero
// test: grad f(steps = 9, x[3] ~ 0.1..0.9, y[3] ~ 0.1..0.9)
// tol: 1e-4

#include <adgen.h>
#include <math.h>

static float march(int steps, float *x, float rate)
{
    float total = 0.0f;
    for (int t = 0; t != steps; t++) {
        ADGEN_CHECKPOINT(2);
        x[0] += rate * (x[1] - x[0] * x[2]);
        x[1] = x[1] * 0.9f + 0.1f * x[2] * x[0];
        x[2] = sinf(x[2] + rate * x[1]);
        total += x[0];
    }
    return total;
}

ADGEN_GRAD(x, y)
float f(int steps, float *x, float *y)
{
    float a = march(steps, x, 0.1f);
    for (int i = 0; i < 3; i++)
        y[i] *= x[i];
    return a * march(steps + 2, y, 0.05f) + march(1, x, 0.3f);
}
