// Two counters that come closer: integers and pointers, at one pace and at two, past one another and not at all.
// test: grad middle(n = 7, x[7] ~ 0.3..0.9)
// test: grad middle(n = 8, x[8] ~ 0.3..0.9)
// test: grad middle(n = 1, x[1] ~ 0.3..0.9)
// test: grad middle(n = 0, x[1] ~ 0.3..0.9)
// test: grad up_to_it(n = 7, x[7] ~ 0.3..0.9)
// test: grad up_to_it(n = 8, x[8] ~ 0.3..0.9)
// test: grad up_to_it(n = 0, x[1] ~ 0.3..0.9)
// test: grad two_paces(n = 9, x[9] ~ 0.3..0.9)
// test: grad two_paces(n = 10, x[10] ~ 0.3..0.9)
// test: grad caught_up(n = 10, x[10] ~ 0.3..0.9)
// test: grad turned(n = 8, x[8] ~ 0.3..0.9)
// test: grad sizes(n = 8, x[8] ~ 0.3..0.9)
// test: grad sizes(n = 1, x[8] ~ 0.3..0.9)
// test: vjp mirrored(n = 7, x[7] ~ 0.3..0.9)
// test: vjp mirrored(n = 8, x[8] ~ 0.3..0.9)
// test: grad moved_otherwise(n = 9, x[9] ~ 0.3..0.9)

#include <adgen.h>
#include <stddef.h>

ADGEN_GRAD(x)
double middle(int n, const double *x)
{
    double p = 1.0;
    int i, j;
    for (i = 0, j = n - 1; i < j; i++, j--)
        p = p * x[i] + 0.3 * p * p * x[j];
    return p * (i - j + 2);
}

ADGEN_GRAD(x)
double up_to_it(int n, const double *x)
{
    double p = 1.0;
    for (int i = 0, j = n - 1; i <= j; i++, j--)
        p = p * x[i] + 0.3 * p * p * x[j];
    return p;
}

ADGEN_GRAD(x)
double two_paces(int n, const double *x)
{
    double p = 1.0;
    for (int low = 0, high = n - 1; high >= low; low += 2, high--)
        p = p * x[low] + 0.3 * p * p * x[high];
    return p;
}

// Both go up, one faster.
ADGEN_GRAD(x)
double caught_up(int n, const double *x)
{
    double p = 1.0;
    for (int fast = 0, slow = 3; fast < slow && slow < n; fast += 3, slow += 1)
        p = p * x[fast] + 0.3 * p * p * x[slow];
    for (int fast = 0, slow = n - 6; fast < slow; fast += 3, slow += 1)
        p = p * x[fast] + 0.3 * p * p * x[slow];
    return p;
}

ADGEN_GRAD(x)
double turned(int n, const double *x)
{
    double p = 1.0;
    for (int i = n - 1, j = 0; i > j; i--, j++)
        p = p * x[i] + 0.3 * p * p * x[j];
    return p;
}

ADGEN_GRAD(x)
double sizes(size_t n, const double *x)
{
    double p = 1.0;
    for (size_t i = 0, j = n - 1; i < j; i++, j--)
        p = p * x[i] + 0.3 * p * p * x[j];
    return p;
}

ADGEN_VJP(x)
void mirrored(int n, double *x)
{
    for (double *low = x, *high = x + n - 1; low < high; low++, high--) {
        double t = *low;
        *low = *high * t;
        *high = t;
    }
}

// One of them takes a step of its own at times.
ADGEN_GRAD(x)
double moved_otherwise(int n, const double *x)
{
    double p = 1.0;
    for (int i = 0, j = n - 1; i < j; i++, j--) {
        p = p * x[i] + 0.3 * p * p * x[j];
        if (p > 0.5)
            j--;
    }
    return p;
}
