// A goto out of a nest whose inner loop asks for the same bound twice.
// test: grad f(x ~ 0.5, k = 1, v[3] ~ 0.25 0.5 0.75)
// test: grad f(x ~ 0.5, k = 2, v[3] ~ 0.25 0.5 0.75)
// test: grad g(x ~ 0.5, k = 2, v[3] ~ 0.25 0.5 0.75)

#include <adgen.h>

static double sum(int n, int k, const double *v, double x)
{
    double s = x;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < n && j < 3; j++) {
            if (j == k)
                break;
            s = s * v[j] + x;
            if (s > 1.3 * x)
                goto out;
        }
out:
    return s;
}

ADGEN_GRAD(x, v)
double f(double x, int k, const double *v)
{
    return sum(3, k, v, x) * x;
}

ADGEN_GRAD(x, v)
double g(double x, int k, const double *v)
{
    return sum(k + 1, k, v, x) * x;
}
