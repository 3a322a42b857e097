// The other file of other_file_with_rule.c.

#include <adgen.h>

ADGEN_VJP(v)
void remote(int n, const double *v, double *out)
{
    for (int i = 0; i < n; i++)
        out[i] = v[i] * v[n - 1 - i] + v[i];
}
