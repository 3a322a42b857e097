// Tables with macros in them, of a type that does not hold the constants as written.
// test: grad f(x[2] ~ 0.3 0.5, i = 1)
// test: grad f(x[2] ~ 0.3 0.5, i = 0)

#include <adgen.h>

#define SHARE 0.375
#define TENTH 0.1
#define ROW(x) {x, -(x)}

struct pair {
    float a;
    int n;
    double b;
    float c[2];
};
static const float weights[2][2] = {ROW(0.3), {SHARE, TENTH / 3}};
static const struct pair pairs[] = {{TENTH, 3, 0.5, {SHARE, TENTH}}, {TENTH, 1, 0.25, {-TENTH}}};

ADGEN_GRAD(x)
double f(const float *x, int i)
{
    static const float own[] = {SHARE, TENTH};
    return x[0] * weights[i & 1][1] + x[1] * pairs[i].a * pairs[i].n + own[i] * x[0] + pairs[i].b * pairs[i].c[1];
}
