// memmove up or down, by how much is known at run time.
// test: grad f(n = 6, v[6] ~ -1..1, to = 0, from = 2)
// test: grad f(n = 6, v[6] ~ -1..1, to = 1, from = 0)
// test: grad f(n = 6, v[6] ~ -1..1, to = 1, from = 1)

#include <adgen.h>
#include <string.h>

ADGEN_GRAD(v)
double f(int n, const double *v, int to, int from)
{
    double w[6], s = 0;
    memcpy(w, v, sizeof w);
    memmove(w + to, w + from, (size_t)(n - 2) * sizeof *w);
    for (int i = 0; i < n; i++)
        s += w[i] * w[i] * (i + 1);
    return s;
}
