// Several additions to one sum in an iteration, of neighbouring elements: gcc 12.2 adds some of them twice when it
// vectorises them one after the other, in a sum as well as in memory. What is ours is added up first.
// test: grad scaled(n = 5, x[10] = -1..1, y ~ 0.5..1.5)
// test: grad chosen(n = 5, x[10] = -1..1, y ~ 0.5..1.5)
// test: grad difference(n = 5, x[15] = -1..1, y[2] ~ 0.5..1.5)
#include <adgen.h>

ADGEN_GRAD(y)
double scaled(int n, const double *x, double y)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) {
        s += x[2 * i] * y * y;
        s += x[2 * i + 1] * y;
    }
    return s;
}

ADGEN_GRAD(y)
double chosen(int n, const double *x, double y)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) {
        const double a = x[2 * i + 1] * (y > 0.0 ? y : 1.0), b = x[2 * i] * (y > 0.0 ? y : 2.0);
        s += a * b + a - b;
    }
    return s;
}

ADGEN_GRAD(y)
double difference(int n, const double *x, const double *y)
{
    double s = 0.0;
    for (int i = 0; i < n; i++)
        s += x[3 * i] * y[0] - x[3 * i + 1] / y[1] - x[3 * i + 2] * y[0];
    return s;
}
