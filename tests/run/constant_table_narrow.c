// Tables of a type that does not hold the constants as written: the output says so.
// test: grad f(x[2] ~ 0.3 0.5, i = 1)
// test: grad f(x[2] ~ 0.3 0.5, i = 0)

#include <adgen.h>

struct pair {
    float a;
    int n;
    double b;
};
static const float weights[2][2] = {{0.3, -0.1}, {0.5, 1.0 / 3}};
static const struct pair pairs[] = {{0.1, 3, 0.1L}, {0.1f, 1, 16777217}};
static const float one = 0.1;

ADGEN_GRAD(x)
double f(const float *x, int i)
{
    static const float own[] = {0.7, (-0.75), (0.3), 1e-2, 0x1.8p-1};
    return x[0] * weights[i][1] + x[1] * pairs[i].a * pairs[i].n + own[i] * x[0] * one * own[i + 3] + 1e-8 * pairs[i].b;
}
