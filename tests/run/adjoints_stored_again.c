// Adjoints of a work array that one loop clears and the next one fills again: the second stores. Not where the array is
// read in between, where the loops reach different elements, or where one element is added to twice.
// test: grad f(n = 3, v[18] ~ -1..1, w[36] ~ -1..1)
// test: grad f(n = 0, v[18] ~ -1..1, w[36] ~ -1..1)
// test: grad part(m = 4, v[6] ~ -1..1)
// test: grad part(m = 0, v[6] ~ -1..1)
// test: grad twice(v[6] ~ -1..1, at[6] = 0..5)
#include <adgen.h>

static void multiply(const double w[36], const double x[6], double y[6])
{
    for (int i = 0; i < 6; i++) {
        y[i] = 0.0;
        for (int j = 0; j < 6; j++)
            y[i] += w[i * 6 + j] * x[j];
    }
}

/* the work array is written twice a step */
ADGEN_GRAD(v, w)
double f(int n, const double *v, const double *w)
{
    double sum = 0.0, y[6], change[6];
    for (int s = 0; s < n; s++) {
        multiply(w, v + s * 6, change);
        for (int i = 0; i < 6; i++)
            y[i] = v[s * 6 + i] + change[i];
        multiply(w, y, change);
        for (int i = 0; i < 6; i++)
            y[i] += change[i];
        for (int i = 0; i < 6; i++)
            sum += y[i] * y[i];
    }
    return sum;
}

ADGEN_GRAD(v)
double part(int m, const double *v)
{
    double a[6], sum = 0.0;
    for (int i = 0; i < 6; i++)
        a[i] = v[i] * v[i];
    for (int i = 0; i < m; i++)
        sum += a[i];
    for (int i = 0; i < 6; i++)
        a[i] = v[i] * sum;
    for (int i = 0; i < 6; i++)
        sum += a[i] * v[5 - i];
    return sum;
}

ADGEN_GRAD(v)
double twice(const double *v, const int *at)
{
    double a[6], sum = 0.0;
    for (int i = 0; i < 6; i++)
        a[i] = v[i] * v[i];
    for (int i = 0; i < 6; i++)
        sum += a[at[i]] * a[i];
    for (int i = 0; i < 6; i++)
        a[i] = v[i] * sum;
    for (int i = 0; i < 6; i++)
        sum += a[i] * a[i];
    return sum;
}
