// Steps that hand nothing on need no snapshots.
// test: grad f(n = 6, x[6] ~ -1..1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double s = 0.0;
    for (int i = 0; i < n; i++) {
        ADGEN_CHECKPOINT(2);
        s += sin(x[i]) * x[i];
    }
    return s;
}
