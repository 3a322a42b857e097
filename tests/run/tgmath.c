// The type-generic functions of tgmath.h in three precisions.
// test: grad f(a ~ 0.5, b ~ 0.75, c ~ 1.5)

#include <adgen.h>
#include <tgmath.h>

ADGEN_GRAD(a, b, c)
double f(float a, double b, long double c)
{
    return (double)(sin(a) * exp(b) * sqrt(c)) + pow(b, 2.0) + (double)fabs(c) * atan2(b, 2.0);
}
