// A constant table of records with a function pointer in each.
// test: grad f(n = 2, x ~ 0.5)

#include <adgen.h>
#include <math.h>

static double relu(double x)
{
    return x > 0 ? x : 0;
}

static double bend(double x)
{
    return tanh(x);
}

static const struct unit {
    const char *name;
    double (*act)(double);
} units[] = {{"relu", relu}, {"bend", bend}};

ADGEN_GRAD(x)
double f(int n, double x)
{
    for (int i = 0; i < n; i++)
        x = 2 * units[i].act(x);
    return x;
}
