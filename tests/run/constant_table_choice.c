// A pointer that leads to a constant table or to what is differentiated; the table is read by its name as well.
// test: grad f(u[2] ~ 0.5 0.7, n = 3)
// test: grad f(u[2] ~ 0.5 0.7, n = 4)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u)
double f(const double *u, int n)
{
    static const double table[2] = {1.5, 0.25};
    const double *pointers[2] = {table, u};
    const double *p = pointers[n % 2];
    double s = u[0];
    for (int i = 0; i < n; i++)
        s = sin(s + table[0]) * p[i % 2];
    return s + table[1];
}
