// The last line of a loop's body counts, and a break behind it asks for the count.
// test: grad relaxed(n = 4, y ~ 0.5, w[4] ~ 1 2 3 4)
// test: grad relaxed(n = 5, y ~ 0.5, w[4] ~ 1 2 3 4)
// test: grad walked(x[7] ~ 0.5 0.7 0.75 0.9 0.3 0.2 0.1)
// test: grad walked(x[7] ~ 0.5 0.7 2.75 0.9 0.3 0.2 0.1)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(y, w)
double relaxed(int n, double y, double *w)
{
    double t = 0.99;
    int k = 0;
    while (fabs(t) > 0.3 && k < 5) {
        t = 0.5 * t + 0.2 * ((double)n / 4);
        k++;
        if (!(k < 4))
            break;
    }
    for (int i = 0; i < 4; i += 2)
        w[i] += atan(y * t);
    return y * w[0];
}

ADGEN_GRAD(x)
double walked(const double *x)
{
    double s = 0.0;
    const double *p = x;
    while (*p < 2.0 && p < x + 6) {
        s += *p * *p;
        p++;
        if (p[0] > 0.8)
            break;
    }
    return s;
}
