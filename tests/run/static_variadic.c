// A static variadic function is repeated in the output.
// test: grad f(x ~ 0.5)
// expect: x += 4

#include <adgen.h>
#include <stdarg.h>

static int first(int n, ...)
{
    va_list list;
    va_start(list, n);
    const int value = va_arg(list, int);
    va_end(list);
    return value;
}

ADGEN_GRAD(x)
double f(double x)
{
    return x * first(1, 4);
}
