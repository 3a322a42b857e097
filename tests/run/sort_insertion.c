// Insertion sort of active values.
// test: grad f(n = 5, v[5] ~ 0.5 -1 2 0.25 1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double w[5];
    for (int i = 0; i < n; i++) {
        int j = i;
        while (j > 0 && w[j - 1] > v[i]) {
            w[j] = w[j - 1];
            j--;
        }
        w[j] = v[i];
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += w[i] * w[i] * (i + 1);
    return s;
}
