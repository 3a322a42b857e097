// Helpers that take and return structs by value.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

typedef struct {
    double re, im;
} complex_number;

static complex_number multiply(complex_number a, complex_number b)
{
    complex_number c;
    c.re = a.re * b.re - a.im * b.im;
    c.im = a.re * b.im + a.im * b.re;
    return c;
}

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    complex_number z = {x, y};
    for (int i = 0; i < 3; i++)
        z = multiply(z, z);
    return z.re * z.im;
}
