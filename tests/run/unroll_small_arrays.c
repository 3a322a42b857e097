// Short loops over small arrays, in every direction: they become scalars.
// test: grad f(x[4] ~ -1 0.5 2 0.25, c = 1)

#include <adgen.h>
#include <math.h>

static void cross(const double a[3], const double b[3], double out[3])
{
    for (int i = 0; i < 3; i++)
        out[i] = a[(i + 1) % 3] * b[(i + 2) % 3] - a[(i + 2) % 3] * b[(i + 1) % 3];
}

ADGEN_GRAD(x)
double f(const double *x, int c)
{
    double a[3], b[3] = {1.0, -2.0}, d[3], m[2][2];
    for (int i = 2; i >= 0; i--)
        a[i] = x[i] * x[3];
    for (short i = 0; i <= 2; i += 2)
        b[i] += sin(a[i]);
    for (unsigned i = 3; i < 3; i++)
        a[i - 3] = 7.0;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 2; j++)
            m[i][j] = i == j ? a[i] : b[j] * a[1 - i];
    cross(a, b, d);
    double s = m[0][0] * m[1][1] - m[0][1] * m[1][0];
    for (int i = 0; i < 3; i++) {
        if (i == c)
            continue;
        s += d[i] * d[i];
        a[i] = s;
    }
    return s * a[0] + a[2];
}
