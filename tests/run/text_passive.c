// Text made from active values that is only looked at or printed.
// test: grad f(x ~ 0.5)

#include <adgen.h>
#include <stdio.h>

ADGEN_GRAD(x)
double f(double x)
{
    char text[32];
    const double y = x * x;
    snprintf(text, sizeof text, "y = %.3f", y);
    puts(text);
    fprintf(stdout, "%s!\n", text);
    return y * x;
}
