// Arrays of variable size that belong to a branch are kept as a section: from their first element, whatever the type of
// the pointer to it, and no more than they have.
// test: grad vector(n = 5, m = 3, x[5] ~ -1..1)
// test: grad matrix(n = 3, m = 2, x[3] ~ -1..1)
// test: grad matrix(n = 3, m = 0, x[3] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double vector(int n, int m, const double *x)
{
    double result = 0;
    if (m > 0) {
        double c[n], k = 0.5;
        for (int i = 0; i < n; i++)
            c[i] = sin(x[i]);
        for (int i = 0; i < n; i++)
            k += c[i] * c[i];
        for (int i = 0; i < n; i++)
            c[i] /= 1 + k * k;
        for (int j = 0; j < m; j++)
            for (int i = 1; i < n; i++)
                result += c[i] * exp(c[i - 1]);
    }
    return result;
}

ADGEN_GRAD(x)
double matrix(int n, int m, const double *x)
{
    double result = 0;
    if (m > 0) {
        double c[n][m], k = 0.5;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                c[i][j] = sin(x[i] * (j + 1));
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                k += c[i][j] * c[i][j];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                c[i][j] /= 1 + k * k;
        for (int t = 0; t < m; t++)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < m; j++)
                    result += c[i][j] * exp(c[i][j]);
    }
    return result;
}
