// The other file of custom_rule_outputs.c.

#include <adgen.h>

ADGEN_VJP()
void accumulate(double a, const double *v, double *sum, double *product)
{
    *sum += a * v[0] * v[1] + *sum * v[1];
    *product = v[0] * v[1] * a;
}
