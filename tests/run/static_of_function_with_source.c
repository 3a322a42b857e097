// Tables and work arrays that are static in a function, types, and a static function: the output includes the source.
// test: grad f(u = {scale = 1.5, shift = 1}, n = 3, x[3] ~ 0.5 2 -1)
// adgen: --with-source

#include <adgen.h>

typedef struct {
    double scale;
    int shift;
} unit;

enum { SIZE = 8 };

static double weighted(double x, int k)
{
    static const double weights[3] = {1, 2, 3};
    return weights[k % 3] * x * x;
}

ADGEN_GRAD(x)
double f(unit u, int n, const double *x)
{
    static double work[SIZE];
    for (int i = 0; i < n; i++)
        work[i] = weighted(x[i], i + u.shift);
    double sum = 0;
    for (int i = 1; i < n; i++)
        sum += work[i - 1] * work[i];
    return u.scale * sum;
}
