// What the function writes has no known extent: its content before the call cannot be restored for the rule.

#include <adgen.h>

void scale_vjp(int n, double *v, double *v_bar);

ADGEN_CUSTOM_VJP(scale_vjp)
void scale(int n, double *v);

ADGEN_GRAD(x)
double f(int n, double *x)
{
    scale(n, x); // error: unknown extent
    return x[0];
}
