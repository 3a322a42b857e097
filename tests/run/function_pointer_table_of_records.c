// A constant table of records with functions and other members in them, looked through for a name.
// test: grad weighted(n = 5, x[5] ~ -1..1)
// test: grad named(which = 1, x ~ 0.7)
// test: grad named(which = 4, x ~ 0.7)

#include <adgen.h>
#include <math.h>
#include <string.h>

static double square(double x)
{
    return x * x;
}

static double cube(double x)
{
    return x * square(x);
}

static const struct {
    const char *name;
    double (*fn)(double);
    double weight;
} table[] = {{"square", square, 0.5}, {"cube", &cube, 0.25}, {"sin", sin, 2.0}, {0, 0, 0}};

ADGEN_GRAD(x)
double weighted(int n, const double *x)
{
    double s = 0.0;
    for (int i = 0; i < n; i++)
        s += table[i % 3].weight * table[i % 3].fn(x[i]);
    return s;
}

static double (*find(const char *name))(double)
{
    for (int i = 0; table[i].name; i++)
        if (strcmp(table[i].name, name) == 0)
            return table[i].fn;
    return 0;
}

ADGEN_GRAD(x)
double named(int which, double x)
{
    static const char *const names[] = {"square", "cube", "sin", "tan", ""};
    double (*f)(double) = find(names[which]);
    return f ? f(x) : x;
}
