// Work arrays of which each iteration fills as much as it reads, and some of which it reads more.
// test: grad f(n = 4, x[5] ~ -1..1)
// test: grad f(n = 1, x[5] ~ -1..1)
// test: grad f(n = 0, x[5] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double s = 0.0, part[6], more[6], some[6], less[6];
    for (int i = 0; i < 6; i++)
        more[i] = some[i] = less[i] = 0.1 * i;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++)
            part[j] = sin(x[j] * x[i]);
        for (int j = 0; j <= i; j++)
            s += part[j] * part[j];
        for (int j = 0; j < i; j++)
            more[j] = x[j] * s;
        for (int j = 0; j <= i; j++)
            s += cos(more[j]) * x[i];
        for (int j = 0; j <= i; j++)
            if (x[j] > 0.0)
                some[j] = x[j] * x[i];
        for (int j = 0; j <= i; j++)
            s += some[j] * some[j] * x[j];
        if (i & 1)
            for (int j = 0; j <= i; j++)
                less[j] = s * x[j];
        for (int j = 0; j <= i; j++)
            s += less[j] * x[i];
    }
    return s;
}
