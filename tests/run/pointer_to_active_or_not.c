// Pointers that lead to what is differentiated in one run, to a table or to a parameter that is not in another.
// test: grad f(n = 3, x[3] ~ -1..1, w[3] = (1 2 3) (-1 0 2) (4 5 6), which = 1)
// test: grad f(n = 3, x[3] ~ -1..1, w[3] = (1 2 3) (-1 0 2) (4 5 6), which = 3)
// test: grad f(n = 3, x[3] ~ -1..1, w[3] = (1 2 3) (-1 0 2) (4 5 6), which = -1)

#include <adgen.h>

static const double first[3] = {1, 2, 3}, second[3] = {-2, 1, 0.5};
static const double *const rows[2] = {first, second};

ADGEN_GRAD(x)
double f(int n, const double *x, const double *const *w, int which)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        const double *p = which < 0 ? w[i] : which & i ? x : rows[i & 1];
        sum += p[i] * p[i] * x[0];
    }
    return sum;
}
