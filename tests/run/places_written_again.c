// Nearly triangular: what is read is written by a later step after all, in a corner of the nest or by another index, so
// that it has to be stored.
// test: grad up_to_itself(n = 4, a[16] ~ 0.2..1)
// test: grad rows_that_overlap(n = 4, a[20] ~ 0.2..1)
// test: grad downwards(n = 4, a[16] ~ 0.2..1)
// test: grad neighbour_below(n = 5, a[8] ~ 0.2..1)
// test: grad wrong_way(n = 5, a[8] ~ 0.2..1)
// test: grad unsigned_end(n = 0, a[4] ~ 0.2..1)
// test: grad unsigned_end(n = 3, a[4] ~ 0.2..1)
// test: grad two_of_one_row(n = 3, m = 2, a[24] ~ 0.2..1)
// test: grad unequal_only(n = 4, a[16] ~ 0.2..1)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

static double sum_of(int count, const double *a)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += a[i] * (1 + 0.1 * i);
    return sum;
}

ADGEN_GRAD(a)
double up_to_itself(int n, double *a)
{
    for (int j = 0; j < n; j++)
        for (int p = 0; p <= j; p++)
            for (int i = j; i < n; i++)
                a[i * n + j] = sin(a[i * n + p]) * a[j * n + p];
    return sum_of(n * n, a);
}

/* Rows of n numbers that begin n - 1 behind one another. */
ADGEN_GRAD(a)
double rows_that_overlap(int n, double *a)
{
    for (int j = 0; j < n; j++)
        for (int i = 0; i < n; i++)
            for (int p = 0; p < j; p++)
                a[i * (n - 1) + j] -= a[i * (n - 1) + p] * a[j * (n - 1) + p];
    return sum_of(n * n, a);
}

ADGEN_GRAD(a)
double downwards(int n, double *a)
{
    for (int j = n - 1; j >= 0; j--)
        for (int p = 0; p < j; p++)
            for (int i = j; i < n; i++)
                a[i * n + j] *= sin(a[i * n + p]);
    return sum_of(n * n, a);
}

ADGEN_GRAD(a)
double neighbour_below(int n, double *a)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++)
            a[i] *= sin(a[j + 1]);
        a[i + 1] = a[i] * a[i];
    }
    return sum_of(n + 1, a);
}

ADGEN_GRAD(a)
double wrong_way(int n, double *a)
{
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++)
            a[i] *= cos(a[j]) * a[j - 1];
    return sum_of(n, a);
}

/* n - 1 is not less than n where n is 0; nothing runs far there. */
ADGEN_GRAD(a)
double unsigned_end(size_t n, double *a)
{
    for (size_t i = 0; i < n - 1 && i < 3; i++)
        for (size_t j = 0; j < n; j++)
            a[i] *= sin(a[j]);
    return sum_of(4, a);
}

ADGEN_GRAD(a)
double two_of_one_row(int n, int m, double *a)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            a[i * m + j] = sin(a[i * m + j + m]) * a[j * m];
    return sum_of(n * m, a);
}

ADGEN_GRAD(a)
double unequal_only(int n, double *a)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j)
                a[i * n + j] = sin(a[j * n + j]) * a[j * n + i];
            else
                a[i * n + i] *= 0.9 + a[i * n];
    return sum_of(n * n, a);
}
