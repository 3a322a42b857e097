// What a loop reads before it overwrites it is read from the copy of the whole array, where there is one; not what
// another iteration has overwritten already, nor from copies of arrays of which the loop touches a part.
// test: grad both(n = 5, steps = 3, w[5] ~ -0.4..0.9, u[5] ~ -1..1)
// test: grad moved(n = 5, steps = 3, w[5] ~ -0.4..0.9, u[5] ~ -1..1)
// test: grad branches(n = 5, steps = 4, w[5] ~ -0.4..0.9, u[5] ~ -1..1)
// test: grad part(n = 9, steps = 3, w[9] ~ -0.4..0.9, u[9] ~ -1..1)
#include <adgen.h>
#include <math.h>

/* The first loop asks for all of a as the step finds it, the second for each element before it is overwritten. */
ADGEN_GRAD(w, u)
double both(int n, int steps, const double *w, const double *u)
{
    double a[n], sum = 0.0;
    for (int i = 0; i < n; i++)
        a[i] = u[i];
    for (int t = 0; t < steps; t++) {
        double d = 0.0;
        for (int i = 0; i < n; i++)
            d += a[i] * a[n - 1 - i] * w[i];
        for (int i = 0; i < n; i++)
            a[i] = a[i] * a[i] * w[i] + 0.1 * d;
        sum += d;
    }
    for (int i = 0; i < n; i++)
        sum += a[i];
    return sum;
}

/* The neighbour that is read has been overwritten by the iteration before, and the one behind has not. */
ADGEN_GRAD(w, u)
double moved(int n, int steps, const double *w, const double *u)
{
    double a[n], sum = 0.0;
    for (int i = 0; i < n; i++)
        a[i] = u[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            sum += a[i] * a[n - 1 - i];
        for (int i = 1; i < n - 1; i++)
            a[i] = a[i] * a[i - 1] + w[i] * a[i + 1] * a[i];
    }
    return sum + a[1] * a[2];
}

ADGEN_GRAD(w, u)
double branches(int n, int steps, const double *w, const double *u)
{
    double a[n], sum = 0.0;
    for (int i = 0; i < n; i++)
        a[i] = u[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            sum += a[i] * a[i] * w[n - 1 - i];
        for (int i = 0; i < n; i++) {
            if (t % 2)
                a[i] = a[i] * sin(a[i]);
            if (i > 1)
                a[i] = w[i] - a[i] * a[i];
        }
    }
    for (int i = 0; i < n; i++)
        sum += a[i] * w[i];
    return sum;
}

ADGEN_GRAD(w, u)
double part(int n, int steps, const double *w, const double *u)
{
    double a[100], sum = 0.0;
    for (int i = 0; i < 100; i++)
        a[i] = i < n ? u[i] : 0.0;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < 3; i++)
            a[i] = a[i] * a[i] + w[i];
        for (int i = 1; i < 4; i++)
            a[i] = sin(a[i]) * a[i];
        sum += a[t];
    }
    return sum * a[0];
}
