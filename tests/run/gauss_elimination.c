// A linear system is solved in place, with pivots by size.
// test: grad f(A[9] ~ 1 4 0.5 3 0.5 -1 0.5 -1 6, b[3] ~ 1 2 -1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(A, b)
double f(const double A[9], const double b[3])
{
    double M[3][4];
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++)
            M[i][j] = A[3 * i + j];
        M[i][3] = b[i];
    }
    for (int c = 0; c < 3; c++) {
        int pivot = c;
        for (int i = c + 1; i < 3; i++)
            if (fabs(M[i][c]) > fabs(M[pivot][c]))
                pivot = i;
        for (int j = 0; j < 4; j++) {
            const double t = M[c][j];
            M[c][j] = M[pivot][j];
            M[pivot][j] = t;
        }
        for (int i = c + 1; i < 3; i++) {
            const double factor = M[i][c] / M[c][c];
            for (int j = c; j < 4; j++)
                M[i][j] -= factor * M[c][j];
        }
    }
    double x[3];
    for (int i = 2; i >= 0; i--) {
        x[i] = M[i][3];
        for (int j = i + 1; j < 3; j++)
            x[i] -= M[i][j] * x[j];
        x[i] /= M[i][i];
    }
    return x[0] + 2 * x[1] * x[2];
}
