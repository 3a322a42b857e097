// Elements that adjoints are divided by in each iteration of a loop around are inverted once before it: as many as the
// longest of the inner loops comes to; none where the outer loop does not run, nor where the elements change.
// test: grad triangle(n = 0, l[1] ~ 1..2, x[1] ~ -1..1)
// test: grad triangle(n = 1, l[1] ~ 1..2, x[1] ~ -1..1)
// test: grad triangle(n = 5, l[25] ~ 1..2, x[25] ~ -1..1)
// test: grad upper(n = 0, s[1] ~ 1..2, x[1] ~ -1..1)
// test: grad upper(n = 2, s[2] ~ 1..2, x[4] ~ -1..1)
// test: grad upper(n = 6, s[6] ~ 1..2, x[36] ~ -1..1)
// test: grad rows(n = 0, d = 2000000, s[1] ~ 1..2, x[1] ~ -1..1)
// test: grad rows(n = 7, d = 0, s[1] ~ 1..2, x[1] ~ -1..1)
// test: grad rows(n = 7, d = 3, s[3] ~ 1..2, x[21] ~ -1..1)
// test: grad late(n = 3, s[1] ~ 1..2, x[1] ~ -1..1)
// test: grad late(n = 5, s[1] ~ 1..2, x[1] ~ -1..1)
// test: grad late(n = 9, s[10] ~ 1..2, x[9] ~ -1..1)
// test: grad colours(n = 6, s[3] ~ 1..2, x[6][3] ~ -1..1)
// test: grad change(n = 5, d = 4, s[5] ~ 1..2, x[20] ~ -1..1)
// test: grad some(n = 6, d = 4, s[4] = 1 0 2 0, x[24] ~ -1..1)
// test: grad steps(n = 6, d = 4, s[4] ~ 1..2, x[24] ~ -1..1)
// test: grad sides(n = 6, d = 2, s[2] ~ 49 0.7, x[12] ~ 1..49)
#include <adgen.h>
#include <math.h>
#include <stddef.h>

ADGEN_GRAD(l, x)
double triangle(int n, const double *l, const double *x)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++)
            sum += sin(x[i * n + j] / l[j * n + j]);
    return sum;
}

/* Both by the element and by its square root. */
ADGEN_GRAD(s, x)
double upper(int n, const double *s, const double *x)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++) {
            double z = x[i * n + j] / s[j];
            sum += x[j * n + i] * cos(z) / s[j] + sqrt(s[j]);
        }
    return sum;
}

ADGEN_GRAD(s, x)
double rows(int n, int d, const double *s, const double *x)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        for (size_t j = 0; j < (size_t)d; j++) {
            double z = x[(size_t)(i * d) + j] / s[j];
            sum += z * z * z;
        }
    return sum;
}

/* Where n is small, no element is there. */
ADGEN_GRAD(s, x)
double late(int n, const double *s, const double *x)
{
    double sum = 0.0;
    for (int i = 5; i < n; i++)
        for (int j = 2; j <= i; j++)
            sum += sin(x[i] / s[j + 1]);
    for (int i = 7; i < n; i++)
        for (int j = 1; j < i - 2; j++)
            sum += cos(x[i] / s[j]);
    return sum;
}

ADGEN_GRAD(s, x)
double colours(int n, const double s[3], const double x[][3])
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        for (int c = 0; c < 3; c++)
            sum += exp(-x[i][c] / s[c]);
    return sum;
}

/* The elements change, by the row or by their neighbours. */
ADGEN_GRAD(s, x)
double change(int n, int d, const double *s, const double *x)
{
    double t[d + 1], u[d + 1], sum = 0.0;
    for (int j = 0; j <= d; j++)
        t[j] = u[j] = s[j];
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < d; j++) {
            sum += sin(x[i * d + j] / t[j]);
            t[j + 1] += 0.1 * x[i * d + j] * x[i * d + j];
        }
        for (int j = 0; j < d; j++)
            sum += sin(x[i * d + j] / u[j]);
        u[i % d] += 0.5;
    }
    return sum;
}

/* What is not divided by is not inverted for nothing. */
ADGEN_GRAD(x)
double some(int n, int d, const double *s, const double *x)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < d; j++)
            if (s[j] > 0.0)
                sum += sin(x[i * d + j] / s[j]);
    return sum;
}

/* A state that is carried from row to row. */
ADGEN_GRAD(s, x)
double steps(int n, int d, const double *s, const double *x)
{
    double h[d], sum = 0.0;
    for (int j = 0; j < d; j++)
        h[j] = 1.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < d; j++)
            h[j] = sin(h[j] + x[i * d + j] / s[j]) / s[j];
    for (int j = 0; j < d; j++)
        sum += h[j] * h[j];
    return sum;
}

/* The reverse sweep computes z again, as it was: 49.0 / 49.0 is 1, 49.0 * (1.0 / 49.0) is less. */
ADGEN_GRAD(s, x)
double sides(int n, int d, const double *s, const double *x)
{
    double h = 1.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < d; j++) {
            double z = x[i * d + j] / s[j];
            if (z >= 1.0)
                h = sin(h) + z;
            else
                h = cos(h) + 2.0 * z;
        }
    return h;
}
