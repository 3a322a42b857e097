// The root of a whole number's square is a constant, in each type; that of other constants is computed.
// test: grad scaled(n = 4, x[4] ~ 0.2..1)
#include <adgen.h>
#include <math.h>

enum { HEAD = 4 };

ADGEN_GRAD(x)
double scaled(int n, const double *x)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        double y = x[i] / sqrt((double)HEAD) + (double)sqrtf(9.0f) * x[i] / sqrt(2.0);
        sum += exp(y / sqrt(x[0])) + sqrt(0.0) - x[i] * sqrt(1e6);
    }
    return sum;
}
