// How much is stored depends on a loop whose condition reads what its body writes.
// adgen: --workspace

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int *k, const int *steps, int n, const double *x)
{
    int top = 0;
    double s = 1.0;
    while (k[0] < 3) // error: the size of the workspace depends on what 'f' has changed here by then
        k[0] = steps[top++];
    for (int i = 0; i < top; i++)
        s = sin(s * x[i % n]);
    return s;
}
