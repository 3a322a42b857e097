// Bubble sort in place, with a flag.
// test: vjp f(n = 4, v[4] ~ 0.5 -1 2 0.25)

#include <adgen.h>

ADGEN_VJP(v)
void f(int n, double *v)
{
    int swapped;
    do {
        swapped = 0;
        for (int i = 0; i + 1 < n; i++)
            if (v[i] > v[i + 1]) {
                const double t = v[i];
                v[i] = v[i + 1];
                v[i + 1] = t;
                swapped = 1;
            }
    } while (swapped);
}
