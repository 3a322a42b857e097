// Storage by alloca; a variable-length array does the same.
// note: variable-length

#include <adgen.h>
#include <alloca.h>

ADGEN_GRAD(x)
double f(double x, int n)
{
    double *v = (double *)alloca((unsigned)n * sizeof *v); // error: alloca
    v[0] = x;
    return v[0] * x;
}
