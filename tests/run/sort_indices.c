// The indices are sorted, the values stay.
// test: grad f(n = 4, v[4] ~ 0.5 -1 2 0.25)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    int order[4];
    for (int i = 0; i < n; i++)
        order[i] = i;
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            if (v[order[j]] < v[order[i]]) {
                const int t = order[i];
                order[i] = order[j];
                order[j] = t;
            }
    return v[order[n / 2]] * v[order[0]];
}
