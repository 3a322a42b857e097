// Active values in the variable arguments of a function of the user's own.

#include <adgen.h>
#include <stdarg.h>

static double sum(int n, ...) // error?: variable|variadic|va_
{
    double s = 0;
    va_list list;
    va_start(list, n); // error?: variable|variadic|va_
    for (int i = 0; i < n; i++)
        s += va_arg(list, double); // error?: variable|variadic|va_
    va_end(list);                  // error?: variable|variadic|va_
    return s;
}

ADGEN_GRAD(x)
double f(double x)
{
    return sum(2, x, x * x); // error?: variable|variadic|sum
}
