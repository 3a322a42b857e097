// Quicksort in place, then a weighted sum.
// test: grad f(n = 6, v[6] ~ 0.5 -1 2 0.25 1 -0.5)

#include <adgen.h>

static void sort(double *v, int n)
{
    if (n < 2)
        return;
    const double pivot = v[n / 2];
    int i = 0, j = n - 1;
    while (i <= j) {
        while (v[i] < pivot)
            i++;
        while (v[j] > pivot)
            j--;
        if (i <= j) {
            const double t = v[i];
            v[i++] = v[j];
            v[j--] = t;
        }
    }
    sort(v, j + 1);
    sort(v + i, n - i);
}

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double w[6], s = 0;
    for (int i = 0; i < n; i++)
        w[i] = v[i];
    sort(w, n);
    for (int i = 0; i < n; i++)
        s += w[i] * w[i] * (i + 1);
    return s;
}
