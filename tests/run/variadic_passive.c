// A variadic function that gets passive values only.
// test: grad f(x ~ 0.5)
// adgen: --with-source

#include <adgen.h>
#include <stdarg.h>

static int largest(int n, ...)
{
    va_list list;
    int best = 0;
    va_start(list, n);
    for (int i = 0; i < n; i++) {
        const int value = va_arg(list, int);
        best = value > best ? value : best;
    }
    va_end(list);
    return best;
}

ADGEN_GRAD(x)
double f(double x)
{
    return x * x * largest(3, 4, 7, 2);
}
