// A function of which adgen knows neither a rule nor a body, with an active argument.
// note: ADGEN_CUSTOM_VJP|ADGEN_PASSIVE

#include <adgen.h>

double mystery(double x);

ADGEN_GRAD(x)
double f(double x)
{
    return x * mystery(x); // error: mystery
}
