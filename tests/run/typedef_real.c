// A typedef of the real type, as libraries have it.
// test: grad f(n = 3, v[3] ~ 1 2 3)

#include <adgen.h>

typedef double real;
typedef real vector[3];

ADGEN_GRAD(v)
real f(int n, const real *v)
{
    vector w;
    real s = 0;
    for (int i = 0; i < n; i++)
        w[i] = v[i] * v[i];
    for (int i = 0; i < n; i++)
        s += w[i] * v[n - 1 - i];
    return s;
}
