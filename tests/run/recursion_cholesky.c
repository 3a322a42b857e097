// Cholesky's decomposition by blocks, on views of one matrix that are split, solved with, and split again.
// test: grad log_determinant(n = 5, m[25] ~ -0.3..0.3)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

struct storage {
    size_t size;
    double *data;
};

typedef struct {
    size_t rows, cols, stride;
    double *data;
    struct storage *owner;
} matrix;

static matrix part(const matrix *m, size_t i, size_t j, size_t rows, size_t cols)
{
    matrix view = {rows, cols, m->stride, m->data + i * m->stride + j, m->owner};
    return view;
}

static double get(const matrix *m, size_t i, size_t j)
{
    return m->data[i * m->stride + j];
}

static void set(matrix *m, size_t i, size_t j, double x)
{
    m->data[i * m->stride + j] = x;
}

/* Column by column, in place, in the lower triangle. */
static int decompose_small(matrix *a)
{
    for (size_t j = 0; j < a->rows; j++) {
        double d = get(a, j, j);
        for (size_t k = 0; k < j; k++)
            d -= get(a, j, k) * get(a, j, k);
        if (d <= 0.0)
            return 1;
        d = sqrt(d);
        set(a, j, j, d);
        for (size_t i = j + 1; i < a->rows; i++) {
            double s = get(a, i, j);
            for (size_t k = 0; k < j; k++)
                s -= get(a, i, k) * get(a, j, k);
            set(a, i, j, s / d);
        }
    }
    return 0;
}

/* b becomes b l^-T. */
static void solve_right(const matrix *l, matrix *b)
{
    for (size_t i = 0; i < b->rows; i++)
        for (size_t j = 0; j < b->cols; j++) {
            double s = get(b, i, j);
            for (size_t k = 0; k < j; k++)
                s -= get(b, i, k) * get(l, j, k);
            set(b, i, j, s / get(l, j, j));
        }
}

/* c becomes c - b b^T, in its lower triangle. */
static void subtract_square(const matrix *b, matrix *c)
{
    for (size_t i = 0; i < c->rows; i++)
        for (size_t j = 0; j <= i; j++) {
            double s = 0.0;
            for (size_t k = 0; k < b->cols; k++)
                s += get(b, i, k) * get(b, j, k);
            set(c, i, j, get(c, i, j) - s);
        }
}

static int decompose(matrix *a)
{
    const size_t n = a->rows;
    if (n <= 1)
        return decompose_small(a);
    const size_t n1 = n / 2, n2 = n - n1;
    matrix a11 = part(a, 0, 0, n1, n1);
    matrix a21 = part(a, n1, 0, n2, n1);
    matrix a22 = part(a, n1, n1, n2, n2);
    const int status = decompose(&a11);
    if (status)
        return status;
    solve_right(&a11, &a21);
    subtract_square(&a21, &a22);
    return decompose(&a22);
}

/* Of I + m m^T. */
ADGEN_GRAD(m)
double log_determinant(int n, const double *m)
{
    double work[64], sum = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double s = i == j ? 1.0 : 0.0;
            for (int k = 0; k < n; k++)
                s += m[i * n + k] * m[j * n + k];
            work[i * n + j] = s;
        }
    struct storage all = {(size_t)(n * n), work};
    matrix a = {(size_t)n, (size_t)n, (size_t)n, work, &all};
    if (decompose(&a))
        return -1.0;
    for (int i = 0; i < n; i++)
        sum += log(work[i * n + i]);
    return 2.0 * sum;
}
