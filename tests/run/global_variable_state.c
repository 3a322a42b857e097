// A global variable carries an active value from one helper to another.
// test: grad f(x ~ 0.5)
// before: state = 0;

#include <adgen.h>

double state;

static void put(double x)
{
    state = x * x;
}

static double get(void)
{
    return state * 3;
}

ADGEN_GRAD(x)
double f(double x)
{
    put(x);
    const double a = get();
    put(a * x);
    return get() * a;
}
