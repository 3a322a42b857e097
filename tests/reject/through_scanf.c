// sscanf writes an active variable.

#include <adgen.h>
#include <stdio.h>

ADGEN_GRAD(x)
double f(double x)
{
    char text[40];
    double y = x;
    snprintf(text, sizeof text, "%.17g", x * x); // error?: snprintf|text
    sscanf(text, "%lf", &y);                     // error?: sscanf|text
    return y * x;
}
