// An active value is printed and read back.

#include <adgen.h>
#include <stdio.h>
#include <stdlib.h>

ADGEN_GRAD(x)
double f(double x)
{
    char text[40];
    snprintf(text, sizeof text, "%.17g", x); // error?: snprintf|text
    return strtod(text, NULL) * x;           // error?: strtod|text
}
