// Subtraction and division group to the left.
// test: grad f(a ~ 2, b ~ 3, c ~ 5)

#include <adgen.h>

ADGEN_GRAD(a, b, c)
double f(double a, double b, double c)
{
    return a - b - c - (a - (b - c)) + a / b * c / (a / (b * c));
}
