/* A chain of matrix-vector products, v = A[l] v for l = 0, 1, ..., and half the squared length of what comes out. */
#include <adgen.h>

ADGEN_GRAD(a, start)
double matvec_chain(int links, int n, const double a[links][n][n], const double start[n])
{
    double v[n], next[n];

    for (int i = 0; i < n; i++)
        v[i] = start[i];
    for (int l = 0; l < links; l++) {
        for (int i = 0; i < n; i++) {
            next[i] = 0.0;
            for (int j = 0; j < n; j++)
                next[i] += a[l][i][j] * v[j];
        }
        for (int i = 0; i < n; i++)
            v[i] = next[i];
    }
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += v[i] * v[i];
    return 0.5 * sum;
}
