// A static variadic function is called by the output, which cannot see it.
// note: --with-source

#include <adgen.h>
#include <stdarg.h>

static int first(int n, ...) // error: static
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
