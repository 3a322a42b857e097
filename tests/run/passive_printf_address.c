// printf of addresses: the casts to void * that it asks for are kept.
// test: grad f(n = 3, x[3] ~ -1..1)

#include <adgen.h>
#include <stdio.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        sum += x[i] * x[i];
        fprintf(stderr, "%p %p\n", (const void *)x, (const void *)&x[i]);
    }
    return sum;
}
