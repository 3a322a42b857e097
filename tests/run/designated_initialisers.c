// Designated initialisers of structs, members left out are zero.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

struct triple {
    double a, b, c;
    int n;
};

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    struct triple t = {.a = x * y, .c = x, .n = 3};
    return (t.a + t.b) * t.c * t.n;
}
