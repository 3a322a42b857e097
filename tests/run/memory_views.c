// Records that lead into one buffer, overlapping.
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

struct view {
    double *at;
    int n;
};

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double *w = (double *)malloc((size_t)n * sizeof *w);
    struct view *views = (struct view *)malloc(2 * sizeof *views);
    for (int k = 0; k < 2; k++) {
        views[k].at = w + k;
        views[k].n = n - 1;
    }
    for (int i = 0; i < n; i++)
        w[i] = v[i];
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < views[k].n; i++)
            views[k].at[i] *= w[0] + views[1 - k].at[i] * views[k].at[i];
    double s = 0;
    for (int i = 0; i < n; i++)
        s += w[i] * w[i];
    free(views);
    free(w);
    return s;
}
