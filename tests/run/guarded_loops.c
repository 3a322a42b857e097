// Loops that hand on an adjoint which a choice has made zero: left out where that is all they do.
// test: grad layer(n = 3, m = 4, w[12] ~ -1..1, b[3] ~ -0.2..0.2, x[4] = -1..1)
// test: grad leaky(n = 3, m = 4, w[12] ~ -1..1, b[3] ~ -0.2..0.2, x[4] ~ -1..1)
// test: grad two_gates(n = 3, m = 4, w[12] ~ -1..1, b[3] ~ -0.2..0.2, x[4] ~ -1..1)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(w, b)
double layer(int n, int m, const double *w, const double *b, const double *x)
{
    double s = 0.0;
    for (int j = 0; j < n; j++) {
        double sum = b[j];
        for (int i = 0; i < m; i++)
            sum += w[j * m + i] * x[i];
        const double h = sum > 0.0 ? sum : 0.0;
        s += h * h * (j + 1);
    }
    return s;
}

ADGEN_GRAD(w, b, x)
double leaky(int n, int m, const double *w, const double *b, const double *x)
{
    double s = 0.0;
    for (int j = 0; j < n; j++) {
        double sum = b[j];
        for (int i = 0; i < m; i++)
            sum += w[j * m + i] * x[i];
        s += sum > 0.0 ? sum * sum : -0.01 * sum;
    }
    return s;
}

/* The sum goes on past the choice, and each of its terms has a choice of its own. */
ADGEN_GRAD(w, b, x)
double two_gates(int n, int m, const double *w, const double *b, const double *x)
{
    double s = 0.0;
    for (int j = 0; j < n; j++) {
        double sum = b[j];
        for (int i = 0; i < m; i++)
            sum += x[i] > 0.0 ? w[j * m + i] * x[i] : 0.0;
        const double h = sum > 0.1 ? sum : 0.0;
        s += h * h + 0.1 * sum * b[j];
    }
    return s;
}
