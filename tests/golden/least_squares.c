// Independent iterations and a sum: one pass, nothing stored.

#include <adgen.h>

ADGEN_GRAD(w)
double least_squares(int n, int d, const double *w, const double *x, const double *y)
{
    double loss = 0;
    for (int i = 0; i < n; i++) {
        double r = -y[i];
        for (int j = 0; j < d; j++)
            r += w[j] * x[i * d + j];
        loss += 0.5 * r * r;
    }
    return loss / n;
}
