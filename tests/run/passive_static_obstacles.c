// Static helpers that adgen cannot look into are repeated where only passive values reach them: with what they call and name, variadic ones, assembly.
// test: grad f(n = 3, w[3] = 0.5 1 -2, x ~ 0.75)
// no-dual: complex numbers of C

#include <adgen.h>
#include <complex.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#define TURN(z, angle) ((z) * cexp(I * (angle)))

static const double shift[2] = {0.25, -0.5};

static double complex turned(double re, double angle)
{
    return TURN(re + shift[1] * I, angle);
}

static double magnitude(double re, int k)
{
    return cabs(turned(re, shift[k]));
}

static void say(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (format[0] == '!')
        vfprintf(stderr, format, list);
    va_end(list);
}

static unsigned spin(unsigned k)
{
    __asm__("" : "+r"(k));
    return k ^ 1u;
}

ADGEN_GRAD(x)
double f(int n, const double *w, double x)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) {
        say("%d: %g\n", i, w[i]);
        s += magnitude(w[i], (int)spin((unsigned)i & 1u)) * sin(x * x);
    }
    return s;
}
