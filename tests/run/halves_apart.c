// A loop's iterations are told apart by what stays the same in it, also where the loops around change that: halves that
// shrink, rows of a triangle; not where the distance changes in the loop, or is less than the counter goes.
// test: vjp reduce(n = 0, x[1] ~ -1..1)
// test: vjp reduce(n = 8, x[8] ~ -1..1)
// test: vjp triangle(n = 1, x[1] ~ 1..2)
// test: vjp triangle(n = 4, x[16] ~ 1..2)
// test: vjp distance_changes(h = 0, x[12] ~ -1..1)
// test: vjp distance_changes(h = 4, x[12] ~ -1..1)
// test: vjp goes_further(h = 3, x[12] ~ -1..1)
// test: vjp goes_further(h = 4, x[12] ~ -1..1)
// test: vjp down(h = 0, x[12] ~ -1..1)
// test: vjp down(h = 4, x[12] ~ -1..1)
// test: vjp row_changes(h = 2, x[12] ~ -1..1)
// test: vjp row_changes(h = 3, x[12] ~ -1..1)
// test: vjp backwards(h = 4, d = -1, x[12] ~ -1..1)
// test: vjp backwards(h = 4, d = -4, x[12] ~ -1..1)

#include <adgen.h>
#include <stddef.h>

ADGEN_VJP(x)
void reduce(int n, double *x)
{
    for (int half = n / 2; half >= 1; half /= 2)
        for (int k = 0; k < half; k++) {
            double a = x[k] * x[k + half];
            x[k + half] = x[k] - a;
            x[k] += a * a;
        }
}

ADGEN_VJP(x)
void triangle(int n, double *x)
{
    for (int j = 0; j < n; j++)
        for (int i = j + 1; i < n; i++) {
            for (int k = 0; k < j; k++) {
                x[i * n + j] -= x[i * n + k] * x[j * n + k];
                x[i * n + k] *= 0.5;
            }
            x[i * n + j] /= x[j * n + j];
        }
}

ADGEN_VJP(x)
void distance_changes(int h, double *x)
{
    int d = h;
    for (int k = 0; k < h; k++) {
        double a = x[k + d] * 3;
        x[k + d] = x[k] - a;
        x[k] += a * a;
        d = d > 1 ? d - 1 : 1;
    }
}

ADGEN_VJP(x)
void goes_further(int h, double *x)
{
    for (int k = 0; k < 2 * h; k += 2) {
        double a = x[k + h] * 3;
        x[k + h] = x[k] - a;
        x[k] += a * a;
    }
}

ADGEN_VJP(x)
void down(int h, double *x)
{
    for (int k = h - 1; k >= 0; k--) {
        double a = x[k + h] * 3;
        x[k + h] = x[k] - a;
        x[k] += a * a;
    }
    for (size_t k = 0; k < (size_t)h; k++) {
        double a = x[k + (size_t)h] * 3;
        x[k + (size_t)h] = x[k] - a;
        x[k] += a * a;
    }
}

ADGEN_VJP(x)
void row_changes(int h, double *x)
{
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < h; k++) {
            double a = x[i * h + k] * 3;
            x[k] = x[k] * x[(3 - i) * h + k] - a;
            x[(3 - i) * h + k] += a * a;
        }
}

ADGEN_VJP(x)
void backwards(int h, int d, double *x)
{
    double *middle = x + h;
    for (int k = 0; k < h; k++) {
        double a = middle[k] * 3;
        middle[k] += middle[k + d] * a;
        middle[k + d] = a - middle[k + d];
    }
}
