// The other file of custom_rule_reads_again.c.

#include <adgen.h>

ADGEN_VJP()
double blend(double a, double b)
{
    return a * b * b + a;
}
