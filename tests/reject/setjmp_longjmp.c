// setjmp in a function that is differentiated.

#include <adgen.h>
#include <setjmp.h>

static jmp_buf place;

static double checked(double x)
{
    if (x < 0)
        longjmp(place, 1); // error?: longjmp
    return x * x;
}

ADGEN_GRAD(x)
double f(double x)
{
    if (setjmp(place)) // error: setjmp
        return 0;
    return checked(x);
}
