// The tables of functions stand at file scope in the output, where no parameter or variable of others may hide them.
// test: grad f(v[4] ~ -1..1, steps = 5)
// test: grad g(n = 2, v[2] ~ -1..1, c ~ 0.5)

#include <adgen.h>
#include <math.h>

static const double r = 0.125; /* as a variable of adgen_next_snapshot is called */

ADGEN_GRAD(v)
double f(const double *v, int steps)
{
    static const double w[4] = {0.5, 0.25, 1.5, 2.0}, c[2] = {0.75, -0.5};
    double x[4];
    for (int i = 0; i < 4; i++)
        x[i] = v[i];
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(2);
        for (int i = 0; i < 4; i++)
            x[i] += r * w[(i + t) % 4] * sin(c[t % 2] * x[(i + 1) % 4]);
    }
    return x[0] * x[1] + x[2] * x[3];
}

static int passive_table(int i)
{
    const int t[3] = {1, 2, 3};
    int w = 0;
    for (int k = 0; k < 3; k++)
        w += t[k] * (k <= i);
    return w;
}

ADGEN_GRAD(v, c)
double g(int n, const double *v, double c)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += c * v[i] * v[i] * passive_table(i);
    return s;
}
