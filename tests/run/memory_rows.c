// Rows that are allocated one by one, and a table of them.
// test: grad f(n = 3, v[9] ~ -1..1)

#include <adgen.h>
#include <stdlib.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double **rows = (double **)malloc((size_t)n * sizeof *rows), s = 0;
    for (int i = 0; i < n; i++) {
        rows[i] = (double *)malloc((size_t)n * sizeof **rows);
        for (int j = 0; j < n; j++)
            rows[i][j] = v[i * n + j] * v[j];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            s += rows[i][j] * rows[j][i];
    for (int i = 0; i < n; i++)
        free(rows[i]);
    free(rows);
    return s;
}
