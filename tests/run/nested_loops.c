// A loop in a loop; the outer state is used in the inner one.
// test: grad f(n = 3, m = 2, v[3] ~ -1..1, w[2] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v, w)
double f(int n, int m, const double *v, const double *w)
{
    double s = 0.5;
    for (int i = 0; i < n; i++) {
        double r = v[i];
        for (int j = 0; j < m; j++)
            r = r * w[j] + s;
        s += r * r;
    }
    return s;
}
