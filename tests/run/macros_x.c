// X-macros that make an enum, a table and the cases.
// test: grad f(x ~ 0.5)

#include <adgen.h>
#include <math.h>

#define ACTIVATIONS(X)                                                                                                 \
    X(IDENTITY, x)                                                                                                     \
    X(SQUARE, x *x)                                                                                                    \
    X(TANH, tanh(x))
#define NAME(name, formula) name,
#define CASE(name, formula)                                                                                            \
    case name:                                                                                                         \
        return formula;
enum activation { ACTIVATIONS(NAME) COUNT };

static double activate(int a, double x)
{
    switch (a) {
        ACTIVATIONS(CASE)
    }
    return 0;
}

ADGEN_GRAD(x)
double f(double x)
{
    double s = 1;
    for (int a = 0; a < COUNT; a++)
        s += activate(a, x) * s;
    return s;
}
