// What a step computes and leaves in an array is found in the copy with which the next step begins: behind the last
// step, too; not where the step overwrites it, in the same loop or later, or where it stores it for some elements only.
// test: grad hidden(n = 5, steps = 3, w[25] ~ -1..1, x[5] ~ -1..1)
// test: grad hidden(n = 5, steps = 1, w[25] ~ -1..1, x[5] ~ -1..1)
// test: grad hidden(n = 5, steps = 0, w[25] ~ -1..1, x[5] ~ -1..1)
// test: grad hidden(n = 0, steps = 2, w[25] ~ -1..1, x[5] ~ -1..1)
// test: grad scaled(n = 4, rounds = 2, steps = 3, x[4] ~ 1..2)
// test: grad plane(n = 3, m = 4, first = 7, last = 2, x[12] ~ -1..1)
// test: grad overwritten(n = 6, steps = 3, x[6] ~ -1..1)
// test: grad shared(n = 6, steps = 3, x[6] ~ -1..1)
// test: grad some(n = 6, steps = 4, x[6] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(w, x)
double hidden(int n, int steps, const double *w, const double *x)
{
    double h[5] = {0}, sum = 0;
    for (int t = 0; t < steps; t++) {
        double next[5];
        for (int i = 0; i < n; i++) {
            double s = x[i];
            for (int j = 0; j < n; j++)
                s += w[i * n + j] * h[j];
            next[i] = s;
        }
        for (int i = 0; i < n; i++)
            h[i] = tanh(next[i]);
    }
    for (int i = 0; i < n; i++)
        sum += h[i] * h[i];
    return sum;
}

ADGEN_GRAD(x)
double scaled(int n, int rounds, int steps, const double *x)
{
    double p[n], sum = 0;
    for (int r = 0; r < rounds; r++) {
        for (int i = 0; i < n; i++)
            p[i] = x[i] + r;
        for (int t = 0; t < steps; t++) {
            double q[n], all = 0;
            for (int i = 0; i < n; i++) {
                q[i] = p[i] * p[n - 1 - i] + x[i];
                all += q[i] * q[i];
            }
            for (int i = 0; i < n; i++)
                p[i] = q[i] / all;
            sum += log(all);
        }
    }
    return sum + p[0];
}

ADGEN_GRAD(x)
double plane(int n, int m, int first, int last, const double *x)
{
    double u[n][m], sum = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            u[i][j] = x[i * m + j];
    for (int t = first; t > last; t -= 2) {
        double next[n][m];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                next[i][j] = u[(i + 1) % n][j] * u[i][(j + 1) % m] + x[i * m + j] / t;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                u[i][j] = tanh(next[i][j]);
        for (int j = 0; j < m; j++)
            u[0][j] = exp(-next[0][j]);
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            sum += u[i][j] * u[i][j];
    return sum;
}

ADGEN_GRAD(x)
double overwritten(int n, int steps, const double *x)
{
    double u[6], sum = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int t = 0; t < steps; t++) {
        double e[6];
        for (int i = 0; i < n; i++)
            e[i] = u[i] * u[n - 1 - i] + x[i];
        for (int i = 0; i < n; i++) {
            u[i] = exp(-e[i]);
            sum += u[i] * u[i];
        }
        u[t] = tanh(e[t] * u[t + 1]);
        u[n - 1] += u[0] * u[0];
    }
    return sum + u[2] * u[5];
}

ADGEN_GRAD(x)
double shared(int n, int steps, const double *x)
{
    double u[6], sum = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int t = 0; t < steps; t++) {
        double e[6];
        for (int i = 0; i < n; i++)
            e[i] = u[i] * u[n - 1 - i] + x[i];
        for (int i = 0; i < n; i++) {
            u[i / 2] = tanh(e[i]);
            sum += sin(u[i / 2] * u[i / 2]);
        }
    }
    return sum + u[0] * u[5];
}

ADGEN_GRAD(x)
double some(int n, int steps, const double *x)
{
    double u[6], sum = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int t = 0; t < steps; t++) {
        double e[6];
        for (int i = 0; i < n; i++)
            e[i] = u[i] * u[n - 1 - i] + x[i];
        for (int i = 0; i < n; i++) {
            const double y = tanh(e[i]);
            if ((i + t) % 3 != 0)
                u[i] = y;
            sum += y * y;
            if (x[i] > 0) {
                const double z = exp(y);
                u[i] = z;
                sum += z * e[i];
            }
        }
    }
    return sum + u[1] * u[4];
}
