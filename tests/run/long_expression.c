// A long expression with many operators.
// test: grad f(a ~ 1.5, b ~ 0.5, c ~ -2, d ~ 3)

#include <adgen.h>

ADGEN_GRAD(a, b, c, d)
double f(double a, double b, double c, double d)
{
    return ((a + b) * (c - d) / (a * b + c * d) - (a - c) / (b + d) * (a + d)) * (a * a - b * b) + c / (d - a * c);
}
