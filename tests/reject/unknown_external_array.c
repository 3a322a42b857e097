// An unknown function gets an active array by pointer.

#include <adgen.h>

void mystery(int n, double *v);

ADGEN_GRAD(v)
double f(int n, double *v)
{
    mystery(n, v); // error: mystery
    return v[0];
}
