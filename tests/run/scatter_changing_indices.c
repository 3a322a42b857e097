// Scatter through indices that change as the loop runs.
// test: grad f(n = 5, v[5] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    int at[5] = {0, 0, 0, 0, 0}, next = 3;
    double bins[5] = {0, 0, 0, 0, 0};
    for (int i = 0; i < n; i++) {
        at[next] = i;
        next = (next * 2 + i) % 5;
        bins[at[next]] += v[i] * v[at[i]];
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += bins[i] * bins[at[i]] * (i + 1);
    return s;
}
