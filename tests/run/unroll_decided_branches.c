// A short loop that is written out decides its branches; what no iteration comes to must not be in the output.
// test: grad f(m = 3, x[3] ~ 0.5 1 -1, y[3] ~ 2 0.25 -0.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double f(int m, const double *x, const double *y)
{
    double least[3][3], z[3];

    for (int j = 0; j < 3; j++)
        z[j] = tanh(y[j]);
    for (int i = 0; i < m; i++)
        for (int j = 0; j < 3; j++) {
            double cost = (x[i] - z[j]) * (x[i] - z[j]);
            if (i == 0 && j == 0)
                least[i][j] = cost;
            else if (i == 0)
                least[i][j] = least[i][j - 1] + cost;
            else if (j == 0)
                least[i][j] = least[i - 1][j] + cost;
            else
                least[i][j] = fmin(least[i - 1][j], least[i][j - 1]) + cost;
        }
    return least[m - 1][2];
}
