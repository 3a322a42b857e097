// What is run again: loops in branches, work arrays of two dimensions, scalars of the step, steps backwards by two.
// test: grad f(n = 4, steps = 7, x[4] ~ 0.5..1.5, a ~ 0.5..1)
// test: grad f(n = 4, steps = 1, x[4] ~ 0.5..1.5, a ~ 0.5..1)
// test: grad f(n = 1, steps = 6, x[1] ~ 0.5..1.5, a ~ 0.5..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, a)
double f(int n, int steps, const double *x, double a)
{
    double y[n], m[n][n], w[n], v[n], s = 0, scale = 1;
    for (int i = 0; i < n; i++)
        y[i] = x[i];
    for (int t = steps; t >= 0; t -= 2) {
        double norm = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                m[i][j] = y[i] * y[j] * scale;
        for (int i = 0; i < n; i++)
            w[i] = 0;
        if (t % 4 == 1)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    w[i] += m[i][j] * m[j][i] * x[j];
        else
            for (int i = 0; i < n; i++)
                w[i] = a * m[i][0] * m[i][0] * y[i];
        for (int i = 0; i < n; i++)
            v[i] = w[i] * w[i] + t * w[i];
        for (int i = 0; i < n; i++)
            norm += v[i] * v[i];
        scale = 1 / (1 + norm);
        for (int i = 0; i < n; i++)
            w[i] = v[i] * v[i] * scale;
        for (int i = 0; i < n; i++)
            y[i] = tanh(y[i] + a * w[i] * w[i]);
    }
    for (int i = 0; i < n; i++)
        s += y[i] * y[i] * scale;
    return s;
}
