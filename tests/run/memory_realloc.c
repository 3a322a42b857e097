// A list that grows by realloc.
// test: grad f(n = 5, v[5] ~ 0.5 -1 2 0.25 -3)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double *kept = NULL, s = 0;
    int count = 0;
    for (int i = 0; i < n; i++)
        if (v[i] > 0) {
            kept = (double *)realloc(kept, (size_t)(count + 1) * sizeof *kept);
            kept[count++] = v[i] * v[i];
        }
    for (int i = 0; i < count; i++)
        s += kept[i] * kept[count - 1 - i];
    free(kept);
    return s;
}
