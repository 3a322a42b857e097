// A volatile local, as those write who want each step rounded: to the derivative it is a variable like others.
// test: grad f(n = 3, x[3] ~ -1..1)
// no-dual: volatile objects

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double sum = 0, lost = 0;
    for (int i = 0; i < n; i++) {
        volatile double term = x[i] * x[i] - lost;
        volatile double next = sum + term;
        volatile double got = next - sum;
        lost = got - term;
        sum = next;
    }
    return sum;
}
