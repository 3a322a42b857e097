// A struct with a function pointer that is bound where the struct is made.
// test: grad f(x ~ 0.5)

#include <adgen.h>

struct unit {
    double weight;
    double (*act)(double);
};

static double cube(double x)
{
    return x * x * x;
}

static double run(const struct unit *u, double x)
{
    return u->act(u->weight * x);
}

ADGEN_GRAD(x)
double f(double x)
{
    struct unit u = {2 * x, cube};
    return run(&u, x) + x;
}
