// The address of an active local is kept in a variable that outlives the call.

#include <adgen.h>

double *kept;

ADGEN_GRAD(v)
double f(double *v)
{
    kept = v;          // error: kept|outlive|escape
    return *v * *kept; // error?: kept|outlive|escape
}
