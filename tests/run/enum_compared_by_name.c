// Enums are compared with their enumerators; locals of helpers that have such names get others.
// test: grad f(level = `LOW`, x ~ 0.7, y ~ 1.5)
// test: grad f(level = `MIDDLE`, x ~ 0.7, y ~ 1.5)
// test: grad g(n = 4, level[4] = `LOW` `HIGH` `(enum level)7` `MIDDLE`, x[4] ~ 0.5..2)

#include <adgen.h>
#include <math.h>

enum level { LOW, MIDDLE = 3, HIGH = 7 };

static double response(enum level l, double x)
{
    double square = x * x;
    if (l == HIGH)
        return exp(-x);
    if (l != LOW && l < HIGH)
        return sin(x) * square;
    return square;
}

static double hidden(enum level level, double v)
{
    const int k = (int)level;
    enum { ONE = 1, OTHER } inner = k == 3 ? OTHER : ONE;
    double t = inner == OTHER ? v * v : v;
    {
        double MIDDLE = t * 2;
        t = MIDDLE * t;
    }
    return t * response(level, v);
}

ADGEN_GRAD(x, y)
double f(enum level level, double x, double y)
{
    return response(level, x) * y + hidden(level, y);
}

ADGEN_GRAD(x)
double g(int n, const enum level *level, const double *x)
{
    double s = 0;
    for (int i = 0; i < n; i++)
        s += response(level[i], x[i]) * (MIDDLE == level[i] ? hidden(level[i], x[i]) : 1);
    return s;
}
