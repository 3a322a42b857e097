// Recursive calls in loops and branches of a function that overwrites what it was given.
// test: grad f(x[3] ~ 0.3 0.5 0.7, n = 3)

#include <adgen.h>

static void walk(int n, double *a)
{
    if (n <= 0)
        return;
    double t[3];
    for (int i = 0; i < 3; i++)
        t[i] = a[i] * a[(i + 1) % 3];
    walk(n - 1, t);
    for (int i = 0; i < 3; i++)
        a[i] = a[i] * 0.5 + t[i] * a[(i + 2) % 3];
    double s = 0;
    while (s < 1 && n > 0) {
        s += a[0] * a[0];
        a[1] += s;
        walk(n - 2, a);
        n--;
    }
}

ADGEN_GRAD(x)
double f(const double *x, int n)
{
    double a[3] = {x[0], x[1], x[2]}, s = 0;
    for (int i = 0; i < n; i++) {
        if (i % 2 == 0)
            walk(i + 1, a);
        s += a[0] * a[1];
    }
    return s + a[2];
}
