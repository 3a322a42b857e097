// A loop that counts to an unsigned bound, inclusive, and moves a pointer on: it always runs, and nothing asks whether.
// test: grad f(n = 4, w[10] ~ -1..1)

#include <adgen.h>
#include <stddef.h>

ADGEN_GRAD(w)
double f(size_t n, const double *w)
{
    double s = 0, row[8];
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k <= i; k++)
            row[k] = *w++;
        for (size_t k = 0; k <= i; k++)
            s += row[k] * row[i - k];
    }
    return s;
}
