/* annotations.c: to an ordinary compiler the annotations are nothing, wherever they may stand. */
#include "adgen.h"
#include "check.h"

ADGEN_GRAD()
ADGEN_VJP(x, y)
ADGEN_JVP(x)
ADGEN_HVP(x)
ADGEN_JAC(y[n] / x[n])
ADGEN_HESS(x[3])
ADGEN_CUSTOM_VJP(sum_vjp)
ADGEN_CUSTOM_JVP(sum_jvp)
static double sum(int n, const double *x, ADGEN_PASSIVE double y)
{
    ADGEN_PASSIVE double total = y;
    for (int i = 0; i < n; i++) {
        ADGEN_CHECKPOINT(8);
        total += x[i];
    }
    return total;
}

int main(void)
{
    const double x[] = {1.0, 2.0, 3.0};
    CHECK(sum(3, x, 4.0) == 10.0);
    return check_result();
}
