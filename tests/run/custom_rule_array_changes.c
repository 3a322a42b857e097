// What a rule reads and writes is overwritten later: arrays of any size, of run-time size, filled in part, in loops.
// test: grad f(n = 5, x[5] ~ -1..1)
// test: grad g(n = 3, x[3] ~ -1..1)
// test: grad h(n = 4, x[4] ~ -1..1)

#include <adgen.h>
#include <math.h>

double mix_vjp(int n, const double *x, double *y, double *x_bar, double *y_bar, double ret_bar);

/* y = sin(x) y, element by element; the sum of all y */
ADGEN_CUSTOM_VJP(mix_vjp)
double mix(int n, const double *x, double *y)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        y[i] *= sin(x[i]);
        sum += y[i];
    }
    return sum;
}

double mix_vjp(int n, const double *x, double *y, double *x_bar, double *y_bar, double ret_bar)
{
    for (int i = 0; i < n; i++) {
        const double b = y_bar[i] + ret_bar;
        x_bar[i] += b * y[i] * cos(x[i]);
        y_bar[i] = b * sin(x[i]);
    }
    return mix(n, x, y);
}

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double a[100], b[n], sum = 0.0;
    for (int i = 0; i < n; i++) {
        a[i] = sin(x[i]);
        b[i] = x[i] + 2.0;
    }
    for (int t = 0; t < 3; t++) {
        sum += mix(n, a, b);
        for (int i = 0; i < n; i++)
            a[i] = a[i] * b[i] + 0.1;
    }
    for (int i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

ADGEN_GRAD(x)
double g(int n, const double *x)
{
    double m[3][40], w[200], product = 1.0;
    for (int k = 0; k < 3; k++) {
        double row[40];
        for (int i = 0; i < n; i++)
            m[k][i] = w[60 * k + i] = row[i] = x[i] * (k + 1);
        if (x[0] < 2.0) {
            const double first = mix(n, m[k], w + 60 * k);
            product += first * mix(n - 1, row, m[k]);
        }
        for (int i = 0; i < n; i++)
            product *= 1.0 + 0.1 * m[k][i] * w[60 * k + i];
    }
    return product;
}

ADGEN_GRAD(x)
double h(int n, const double *x)
{
    double v[n + 1], w[2], sum = 0.0;
    int i = 0;
    while (i < n) {
        v[i] = x[i];
        v[n] = x[i] * x[i];
        w[0] = v[n] + sum;
        sum += mix(1, &v[i], w) * v[i];
        v[n] += sum;
        sum += v[n] * w[0];
        i++;
    }
    return sum;
}
