// Steps that print, and leave a trace in an output that no step reads.
// test: vjp f(steps = 6, x ~ 0.4, trace[6] > 0 0 0 0 0 0, total[1] > 0.5)

#include <adgen.h>
#include <math.h>
#include <stdio.h>

ADGEN_VJP(x)
double f(int steps, double x, double *trace, double *total)
{
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(2);
        x = sin(x) + 0.3 * x * x;
        trace[t] = x * x;
        total[0] += x;
        if (x > 1e6)
            fprintf(stderr, "step %d: %g\n", t, x);
    }
    return x;
}
