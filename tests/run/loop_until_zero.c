// Loops on the truth of what they count, and loops that look behind the first iteration.
// test: grad down(n = 6, x[6] ~ 0.3..0.9)
// test: grad down(n = 0, x[6] ~ 0.3..0.9)
// test: grad at_hand(n = 6, x[6] ~ 0.3..0.9)
// test: grad unrolled(n = 11, x[11] ~ 0.3..0.9)
// test: grad unrolled(n = 3, x[11] ~ 0.3..0.9)
// test: grad behind(n = 6, x[6] ~ 0.3..0.9)
// test: grad behind(n = 0, x[6] ~ 0.3..0.9)
// test: grad behind(n = -4, x[6] ~ 0.3..0.9)
// test: grad by_two(n = 7, x[9] ~ 0.3..0.9)
// test: grad by_two(n = 0, x[9] ~ 0.3..0.9)
// test: grad closed(n = 5, x[9] ~ 0.3..0.9)
// test: grad closed(n = -1, x[9] ~ 0.3..0.9)
// test: grad downwards(n = 5, x[9] ~ 0.3..0.9)
// test: grad downwards(n = 1, x[9] ~ 0.3..0.9)
// test: grad to_zero(n = 5, x[9] ~ 0.3..0.9)
// test: grad all_around(n = 5, x ~ 0.3..0.9)
// test: grad all_around(n = 0, x ~ 0.3..0.9)
// test: grad left_early(n = 5, x[9] ~ 0.3..0.9)
// test: grad truth_is_used(n = 5, x[9] ~ 0.3..0.9)
// test: grad old_value(n = 5, x[9] ~ 0.3..0.9)

#include <adgen.h>
#include <stdbool.h>

ADGEN_GRAD(x)
double down(int n, const double *x)
{
    double p = 1.0;
    for (int i = n; i--;)
        p = p * x[i] + 0.1 * p * p;
    return p;
}

ADGEN_GRAD(x)
double at_hand(unsigned n, const double *x)
{
    double p = 1.0;
    while (n) {
        p = p * x[n - 1] + 0.1 * p * p;
        n--;
    }
    return p * (n + 1);
}

ADGEN_GRAD(x)
double unrolled(int n, const double *x)
{
    double p = 1.0;
    int count = n >> 2;
    while (count > 0) {
        p *= *x++;
        p *= *x++;
        p *= *x++;
        p *= *x++;
        count--;
    }
    count = n & 3;
    while (count--)
        p = p * *x++ + 0.1 * p * p;
    return p;
}

ADGEN_GRAD(x)
double behind(int n, const double *x)
{
    double p = 1.0;
    int i = 0;
    do {
        p = p * x[i] + 0.1 * p * p;
    } while (++i < n);
    return p * x[i - 1];
}

ADGEN_GRAD(x)
double by_two(int n, const double *x)
{
    double p = 1.0;
    int i = 0;
    do {
        p = p * x[i] + 0.1 * p * p;
        i += 2;
    } while (n > i);
    return p * x[i - 1];
}

ADGEN_GRAD(x)
double closed(int n, const double *x)
{
    double p = 1.0;
    int i = 0;
    do {
        p = p * x[i] + 0.1 * p * p;
        i++;
    } while (i <= n);
    return p * x[i];
}

ADGEN_GRAD(x)
double downwards(int n, const double *x)
{
    double p = 1.0;
    int i = n;
    do {
        p = p * x[i] + 0.1 * p * p;
    } while (--i > 1);
    do
        p = p * x[i] + 0.1 * p * p;
    while (--i >= 0);
    return p * x[i + 3];
}

ADGEN_GRAD(x)
double to_zero(unsigned n, const double *x)
{
    double p = 1.0;
    do {
        p = p * x[n] + 0.1 * p * p;
    } while (--n);
    return p * x[n];
}

// From 0, down by way of 65535.
ADGEN_GRAD(x)
double all_around(unsigned short n, double x)
{
    double p = 1.0;
    do {
        p = 0.5 * p + 0.1 * p * p * x;
    } while (--n);
    return p + 0.1 * x;
}

ADGEN_GRAD(x)
double left_early(int n, const double *x)
{
    double p = 1.0;
    int i = 0;
    do {
        p = p * x[i] + 0.1 * p * p;
        if (p < 0.7)
            break;
    } while (++i < n);
    return p * x[i];
}

ADGEN_GRAD(x)
double truth_is_used(int n, const double *x)
{
    double p = 1.0;
    bool more = true;
    int i = 0;
    while (more) {
        p = p * x[i] + 0.1 * p * p * more;
        i++;
        more = i < n;
    }
    return p * x[i] * (more + 2);
}

ADGEN_GRAD(x)
double old_value(int n, const double *x)
{
    double p = 1.0;
    int i = 0;
    do {
        p = p * x[i] + 0.1 * p * p;
    } while (i++ < n);
    return p * x[i];
}
