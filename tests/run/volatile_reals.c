// Passive numbers that are volatile: each is read and written once, where the function does.
// test: grad f(x ~ 0.5, n = 2, trace[2] = 0 0)
// before: gain = 2; reads = 0;
// no-dual: volatile objects
// expect: x += 2 * 2 * 2 * x * 3

#include <adgen.h>

volatile double gain = 2;
volatile int reads;

ADGEN_GRAD(x)
double f(double x, int n, volatile double trace[2])
{
    double y = x;
    for (int i = 0; i < n; i++) {
        y *= gain;
        reads++;
        trace[i] = gain + i;
    }
    gain = 3;
    y *= x * gain;
    gain = 7;
    return reads == 2 ? y : 0;
}
