// The size of the workspace must follow from the arguments: here, f changes what it depends on.
// adgen: --workspace

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, int *count, const double *x)
{
    for (int i = 0; i < n; i++)
        count[i] += i;
    double h = 1;
    for (int i = 0; i < count[0]; i++) // error: depends on what 'f' has changed
        h = sin(h * x[i]);
    return h;
}
