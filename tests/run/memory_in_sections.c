// One block holds all arrays, one behind the other: what is read in one section stays there while another is written.
// The sizes are unsigned, so that no section can begin before the one ahead of it.
// test: grad f(n = 3, m = 2, x[2] ~ -1..1, w[12] ~ -1..1)
// test: grad steps(n = 4, x[4] ~ -1..1, w[5] ~ -1..1)
// test: grad windows(n = 3, x[3] ~ -1..1)
// test: grad backwards(n = 3, x[3] ~ -1..1)
// test: grad same_row(n = 3, m = 2, x[3] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

ADGEN_GRAD(x, w)
double f(int n, int m, const double *x, const double *w)
{
    const size_t rows = (size_t)n, columns = (size_t)m;
    double *block = malloc((columns + rows * columns + rows + rows) * sizeof(double));
    double *in = block, *scratch = in + columns, *hidden = scratch + rows * columns, *out = hidden + rows;
    for (int j = 0; j < m; j++)
        in[j] = sin(x[j]);
    for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int j = 0; j < m; j++) {
            scratch[i * m + j] = w[i * m + j] * in[j];
            sum += scratch[i * m + j] * scratch[i * m + j];
        }
        hidden[i] = tanh(sum);
    }
    for (int i = 0; i < n; i++) {
        out[i] = 0;
        for (int j = 0; j < m; j++)
            out[i] += w[n * m + i * m + j] * hidden[i] * in[j];
    }
    double s = 0;
    for (int i = 0; i < n; i++)
        s += out[i] * out[i];
    free(block);
    return s;
}

/* Each section begins with what the one ahead ends with. */
ADGEN_GRAD(x, w)
double steps(int n, const double *x, const double *w)
{
    const size_t size = (size_t)n;
    double block[16] = {0};
    double *a = block, *b = a + size;
    for (int i = 0; i <= n; i++)
        a[i] = i < n ? x[i] : 1.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= n; j++)
            b[i] += w[j] * a[j] * a[j];
    double s = 0;
    for (int i = 0; i < n; i++)
        s += b[i] * b[i];
    return s;
}

/* The distance is less than what is read. */
ADGEN_GRAD(x)
double windows(int n, const double *x)
{
    const size_t size = (size_t)n;
    double block[32] = {0};
    double *a = block, *b = a + size;
    for (int i = 0; i < 2 * n; i++)
        a[i] = x[i % n] * (i + 1);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < 2 * n; j += 2)
            b[i] += 0.5 * a[j] * a[j];
    double s = 0;
    for (int i = 0; i < 2 * n; i++)
        s += a[i];
    return s;
}

/* Unsigned numbers as steps back. */
ADGEN_GRAD(x)
double backwards(size_t n, const double *x)
{
    double block[16] = {0};
    double *end = block + 2 * n, *b = end - n, *a = b - n;
    for (size_t i = 0; i < n; i++)
        a[i] = x[i];
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            *(b - n + i) += 0.25 * a[j] * a[j];
    double s = 0;
    for (size_t i = 0; i < n; i++)
        s += a[i] * a[i] + b[i];
    return s;
}

/* Sections within the rows of a matrix, whose rows are too short for them. */
ADGEN_GRAD(x)
double same_row(int n, int m, const double *x)
{
    const size_t width = (size_t)m;
    double block[32] = {0};
    for (int i = 0; i < n; i++)
        block[i] = x[i];
    for (int i = 0; i < n; i++) {
        double *left = block + (size_t)i * width, *right = left + width;
        for (int k = 0; k < m; k++)
            for (int j = 0; j < n; j++)
                right[k] += 0.5 * left[j] * left[j];
    }
    double s = 0;
    for (int i = 0; i < 10; i++)
        s += block[i];
    return s;
}
