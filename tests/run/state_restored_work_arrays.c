// What a state is computed from again: work arrays that change behind it, shifted, kept from step to step, set in part.
// test: grad a1(n = 6, steps = 4, x[6] ~ 0.3..0.9, w[24] ~ 0.3..0.9)
// test: grad a2(n = 6, steps = 4, x[6] ~ 0.3..0.9, w[24] ~ 0.3..0.9)
// test: grad a3(n = 6, steps = 4, x[6] ~ 0.3..0.9, w[24] ~ 0.3..0.9)
// test: grad a4(n = 6, steps = 4, x[6] ~ 0.3..0.9, w[24] ~ 0.3..0.9)
// test: grad a5(n = 6, steps = 4, x[6] ~ 0.3..0.9, w[24] ~ 0.3..0.9)
// test: grad a6(n = 6, steps = 4, x[6] ~ 0.3..0.9, w[24] ~ 0.3..0.9)
// test: grad a7(n = 6, steps = 4, x[6] ~ 0.3..0.9, w[24] ~ 0.3..0.9)
// no-dual: arrays of variable length
#include <adgen.h>
#include <math.h>

#define BEGIN                                                                                                          \
    double u[n], next[n], k[n], total = 0.0;                                                                           \
    for (int i = 0; i < n; i++) {                                                                                      \
        u[i] = x[i];                                                                                                   \
        k[i] = w[i];                                                                                                   \
        next[i] = 0.0;                                                                                                 \
    }

ADGEN_GRAD(x, w)
double a1(int n, int steps, const double *x, const double *w) /* next changes behind the slice */
{
    BEGIN
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < n; i++)
            next[i] = w[i] * u[i] * u[(i + 1) % n];
        for (int i = 0; i < n; i++) {
            total += next[i] * next[i];
            next[i] = next[i] * w[s * n + i];
        }
        for (int i = 0; i < n; i++)
            u[i] = next[i] * w[s];
        for (int i = 0; i < n; i++)
            next[i] = next[i] * 0.5;
        for (int i = 0; i < n; i++)
            total += next[i] * sin(next[i]);
    }
    return total;
}
ADGEN_GRAD(x, w)
double a2(int n, int steps, const double *x, const double *w) /* shifted */
{
    BEGIN
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < n; i++)
            next[i] = w[i] * u[i] * u[(i + 1) % n];
        for (int i = 0; i < n; i++) {
            total += next[i] * next[i];
            next[i] = next[i] * w[s * n + i];
        }
        for (int i = 0; i < n - 1; i++)
            u[i] = next[i + 1] * w[s];
    }
    return total;
}
ADGEN_GRAD(x, w)
double a3(int n, int steps, const double *x, const double *w) /* an array that keeps its elements from step to step */
{
    BEGIN
    for (int s = 0; s < steps; s++) {
        for (int i = 1; i < n; i++)
            next[i] = w[i] * u[i] * u[i - 1];
        for (int i = 1; i < n; i++) {
            total += next[i] * next[i];
            next[i] = next[i] * w[s * n + i];
        }
        k[s % n] = 0.5 * s;
        for (int i = 1; i < n; i++)
            u[i] = next[i] * k[i];
    }
    return total + u[2];
}
ADGEN_GRAD(x, w)
double a4(int n, int steps, const double *x, const double *w) /* rows set in part, read as a whole */
{
    BEGIN
    for (int s = 0; s < steps; s++) {
        for (int i = 2; i < n; i++)
            next[i] = w[i] * u[i] * u[i - 1];
        for (int i = 2; i < n; i++) {
            total += next[i] * next[i];
            next[i] = next[i] * w[s * n + i];
        }
        for (int i = 1; i < n; i++)
            u[i] = next[i] * w[s] + 0.1;
    }
    return total;
}
ADGEN_GRAD(x, w)
double a5(int n, int steps, const double *x, const double *w) /* transposed in a square */
{
    double u[3][3], next[3][3], total = 0.0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            u[i][j] = x[(i + 2 * j) % n];
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                next[i][j] = u[i][j] * u[j][i] * w[s];
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) {
                total += next[i][j] * next[i][j];
                next[i][j] *= w[s * n + i + j];
            }
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                u[i][j] = next[j][i] * 0.7;
    }
    return total;
}
ADGEN_GRAD(x, w)
double a6(int n, int steps, const double *x, const double *w) /* downwards, by two */
{
    BEGIN
    for (int s = 2 * steps; s > 0; s -= 2) {
        for (int i = 0; i < n; i++)
            next[i] = w[i] * u[i] * u[(i + 1) % n];
        for (int i = 0; i < n; i++) {
            total += next[i] * next[i];
            next[i] = next[i] * w[(s * n + i) % 24];
        }
        for (int i = 0; i < n; i++)
            u[i] = next[i] * w[s];
    }
    return total * u[1];
}
ADGEN_GRAD(x, w)
double a7(int n, int steps, const double *x, const double *w) /* two states, one of the other's step before */
{
    BEGIN
    for (int s = 0; s < steps; s++) {
        for (int i = 0; i < n; i++)
            next[i] = w[i] * u[i] * k[(i + 1) % n];
        for (int i = 0; i < n; i++) {
            total += next[i] * next[i];
            next[i] = next[i] * w[s * n + i];
        }
        for (int i = 0; i < n; i++)
            k[i] = u[i] * 0.9 + 0.1;
        for (int i = 0; i < n; i++)
            u[i] = next[i] * w[s];
    }
    return total * u[1] * k[2];
}
