// The other file of passive_function_external.c.

#include <adgen.h>
#include <math.h>

double rounded(double x);
int count_positive(const double *x, int n);

double rounded(double x)
{
    return floor(4 * x);
}

int count_positive(const double *x, int n)
{
    int count = 0;
    for (int i = 0; i < n; i++)
        count += x[i] > 0;
    return count;
}

ADGEN_VJP(x)
void cubed(double x, double *y)
{
    *y = x * x * x;
}
