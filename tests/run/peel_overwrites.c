// A loop that overwrites what the next iteration reads: nothing of the iteration before may be computed again.
// test: grad f(n = 6, steps = 2, u[6] ~ 0.5..1)
// test: grad f(n = 1, steps = 2, u[1] ~ 0.5..1)
// test: grad g(n = 5, m = 2, u[5] ~ 0.5..1)
// test: grad g(n = 2, m = 0, u[2] ~ 0.5..1)

#include <adgen.h>

ADGEN_GRAD(u)
double f(int n, int steps, const double *u)
{
    double v[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = u[i];
    for (int t = 0; t < steps; t++) {
        double left = 1;
        for (int i = 0; i < n; i++) {
            double at = v[i] * v[i];
            v[i] = at * left + (i + 1 < n ? v[i + 1] : 0.5);
            left = at;
        }
    }
    for (int i = 0; i < n; i++)
        s += v[i] * v[i];
    return s;
}

ADGEN_GRAD(u)
double g(int n, int m, const double *u)
{
    double s = 0, before = 3, two = 2;
    for (int t = 0; t <= m; t++) {
        for (int i = 1; i < n; i++) {
            s += before * two * u[i] + (i > 1 ? u[i - 1] * u[i] : u[0] * t);
            two = before;
            before = u[i] * u[i];
        }
        s *= before + two;
    }
    return s;
}
