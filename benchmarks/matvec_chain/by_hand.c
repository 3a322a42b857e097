/* The adjoint of matvec_chain by hand: the vectors are kept, one for each link; both products of the reverse sweep,
 * A_bar += u v' and v_bar = A' u, go over the rows together. */
#include <stdlib.h>

double matvec_chain_by_hand(int links, int n, const double a[links][n][n], const double start[n],
                            double a_bar[links][n][n], double start_bar[n]);

double matvec_chain_by_hand(int links, int n, const double a[links][n][n], const double start[n],
                            double a_bar[links][n][n], double start_bar[n])
{
    const size_t N = (size_t)n;
    double *const work = malloc(((size_t)links + 2) * N * sizeof *work);
    if (!work)
        abort();
    double *const v = work;
    double *u = v + (size_t)links * N, *v_bar = u + N;

    const double *from = start;
    for (int l = 0; l < links; l++) {
        double *const restrict to = v + (size_t)l * N;
        for (int i = 0; i < n; i++) {
            double sum = 0.0;
            for (int j = 0; j < n; j++)
                sum += a[l][i][j] * from[j];
            to[i] = sum;
        }
        from = to;
    }
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        sum += from[i] * from[i];
        u[i] = from[i];
    }

    for (int l = links - 1; l >= 0; l--) {
        const double *const restrict in = l > 0 ? v + (size_t)(l - 1) * N : start;
        double *const restrict in_bar = v_bar;
        for (int j = 0; j < n; j++)
            in_bar[j] = 0.0;
        for (int i = 0; i < n; i++) {
            const double *const restrict row = a[l][i];
            double *const restrict row_bar = a_bar[l][i];
            const double t = u[i];
            for (int j = 0; j < n; j++) {
                row_bar[j] += t * in[j];
                in_bar[j] += t * row[j];
            }
        }
        double *const swap = u;
        u = v_bar;
        v_bar = swap;
    }
    for (int i = 0; i < n; i++)
        start_bar[i] += u[i];
    free(work);
    return 0.5 * sum;
}
